// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpRequest;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;

/** Makes a session of a WebSocket as it opens, and hands the channel over to it. */
final class NewWebSocket implements WebSocketListener {
    private final EngineServer server;
    private final HttpRequest request;
    private final String id;
    private final EngineVersion version;
    private final boolean base64;

    /** @param base64 whether the client takes binary data as base64 only */
    NewWebSocket(EngineServer server, HttpRequest request, String id, EngineVersion version, boolean base64) {
        this.server = server;
        this.request = request;
        this.id = id;
        this.version = version;
        this.base64 = base64;
    }

    @Override
    public void onOpen(WebSocketChannel channel) {
        EngineSession session = server.newSession(id, request, version, channel.loop(), opened -> {
            WebSocketTransport transport = new WebSocketTransport(opened, channel, base64);
            channel.listener(transport);
            return transport;
        });
        server.open(session, request);
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
