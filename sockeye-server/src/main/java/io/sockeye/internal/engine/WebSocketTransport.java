// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.EnginePacketType;
import io.sockeye.protocol.EnginePayload;
import io.sockeye.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** A session on a WebSocket: one packet per text message, one binary message per binary message. The session's loop only. */
final class WebSocketTransport implements Transport, WebSocketListener {
    private static final byte BASE64 = 'b';

    private final EngineSession session;
    private final WebSocketChannel channel;

    WebSocketTransport(EngineSession session, WebSocketChannel channel) {
        this.session = session;
        this.channel = channel;
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean accepts(EncodedPacket packet) {
        return channel.writable();
    }

    @Override
    public void write(EncodedPacket packet, boolean shared) {
        channel.write(packet, shared);
    }

    @Override
    public void reading(boolean enabled) {
        channel.reading(enabled);
    }

    @Override
    public void close() {
        channel.close(CloseCodes.NONE, "");
    }

    @Override
    public void onOpen(WebSocketChannel opened) {
        throw new IllegalStateException("expected a channel that is open already");
    }

    @Override
    public void onText(byte[] utf8) {
        EnginePacketType type = utf8.length == 0 ? null : EnginePacketType.ofCode(utf8[0]);
        if (type != null) {
            session.onPacket(type, utf8, 1, utf8.length - 1);
        } else {
            onBase64(utf8);
        }
    }

    private void onBase64(byte[] utf8) {
        byte[] data = decodeBase64(utf8);
        if (data == null) {
            session.fail(DisconnectReason.PARSE_ERROR);
        } else {
            session.onBinary(data);
        }
    }

    private static byte @Nullable [] decodeBase64(byte[] utf8) {
        if (utf8.length == 0 || utf8[0] != BASE64) {
            return null;
        }
        try {
            EnginePacket packet = EnginePayload.decodeText(utf8);
            return packet.bytes();
        } catch (ProtocolException e) {
            return null;
        }
    }

    @Override
    public void onBinary(byte[] data) {
        session.onBinary(data);
    }

    @Override
    public void onWritable() {
        session.drain();
    }

    @Override
    public void onClosed(int code, String reason) {
        boolean broken =
                code == CloseCodes.PROTOCOL_ERROR || code == CloseCodes.INVALID_TEXT || code == CloseCodes.TOO_BIG;
        session.onPeerClosed(broken ? DisconnectReason.TRANSPORT_ERROR : DisconnectReason.TRANSPORT_CLOSE);
    }
}
