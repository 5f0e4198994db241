// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.internal.core.NamespaceImpl;
import io.sockeye.internal.engine.EngineSession;
import io.sockeye.internal.engine.SessionAcceptor;
import io.sockeye.internal.engine.SessionListener;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Socket.IO 5 on Engine.IO sessions: makes a connection of each session. Any thread. */
public final class SocketIoGateway implements SessionAcceptor {
    private final GatewaySettings settings;
    private final ConcurrentHashMap<String, NamespaceImpl> namespaces = new ConcurrentHashMap<>();

    public SocketIoGateway(GatewaySettings settings) {
        this.settings = settings;
    }

    @Override
    public SessionListener accept(EngineSession session) {
        return new Connection(session, this);
    }

    GatewaySettings settings() {
        return settings;
    }

    @Nullable
    NamespaceImpl find(String name) {
        return namespaces.get(name);
    }

    /** The namespace of a name, made if it is not there. */
    public NamespaceImpl namespace(String name, Function<String, NamespaceImpl> factory) {
        return namespaces.computeIfAbsent(name, factory);
    }

    /** All namespaces. A live view. */
    public Collection<NamespaceImpl> namespaces() {
        return namespaces.values();
    }
}
