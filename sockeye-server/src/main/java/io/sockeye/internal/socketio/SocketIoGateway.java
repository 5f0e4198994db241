// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.internal.core.NamespaceTable;
import io.sockeye.internal.engine.EngineSession;
import io.sockeye.internal.engine.SessionAcceptor;
import io.sockeye.internal.engine.SessionListener;

/** Socket.IO 5, and 4 on Engine.IO 3, on Engine.IO sessions: makes a connection of each session. Any thread. */
public final class SocketIoGateway implements SessionAcceptor {
    private final GatewaySettings settings;
    private final NamespaceTable namespaces;

    public SocketIoGateway(GatewaySettings settings, NamespaceTable namespaces) {
        this.settings = settings;
        this.namespaces = namespaces;
    }

    @Override
    public SessionListener accept(EngineSession session) {
        Connection connection = new Connection(session, this);
        connection.begin();
        return connection;
    }

    GatewaySettings settings() {
        return settings;
    }

    NamespaceTable namespaces() {
        return namespaces;
    }
}
