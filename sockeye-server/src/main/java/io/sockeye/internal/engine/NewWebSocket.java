// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpRequest;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;

/** Makes a session of a WebSocket as it opens, and hands the channel over to it. */
final class NewWebSocket implements WebSocketListener {
    private final EngineServer server;
    private final HttpRequest request;

    NewWebSocket(EngineServer server, HttpRequest request) {
        this.server = server;
        this.request = request;
    }

    @Override
    public void onOpen(WebSocketChannel channel) {
        EngineSession session = server.newSession(request, channel.loop(), opened -> {
            WebSocketTransport transport = new WebSocketTransport(opened, channel);
            channel.listener(transport);
            return transport;
        });
        server.open(session);
    }

    @Override
    public void onText(byte[] utf8) {
        throw handedOver();
    }

    @Override
    public void onBinary(byte[] data) {
        throw handedOver();
    }

    @Override
    public void onWritable() {
        throw handedOver();
    }

    @Override
    public void onClosed(int code, String reason) {
        throw handedOver();
    }

    private static IllegalStateException handedOver() {
        return new IllegalStateException("expected calls to go to the session's transport");
    }
}
