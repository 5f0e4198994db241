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
import io.sockeye.protocol.EnginePayload3;
import io.sockeye.protocol.ProtocolException;

/**
 * A session on a WebSocket: one packet per text message, one binary message per binary message, or as base64 in a text message.
 * The session's loop only.
 */
final class WebSocketTransport implements Transport, WebSocketListener {
    private final EngineSession session;
    private final WebSocketChannel channel;
    private final boolean base64;

    /** @param base64 whether the client takes binary data as base64 only */
    WebSocketTransport(EngineSession session, WebSocketChannel channel, boolean base64) {
        this.session = session;
        this.channel = channel;
        this.base64 = base64;
    }

    private boolean version3() {
        return session.version() == EngineVersion.V3;
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
    public boolean looksReady() {
        return channel.writable();
    }

    @Override
    public void write(EncodedPacket packet, boolean shared) {
        if (base64 && !(packet.text() && packet.attachments().isEmpty())) {
            writeAsText(packet);
        } else {
            channel.write(version3() ? packet.forVersion3() : packet, shared);
        }
    }

    private void writeAsText(EncodedPacket packet) {
        channel.writeText(packet.text() ? packet.head() : asText(packet.head()));
        packet.attachments().forEach(attachment -> channel.writeText(asText(attachment)));
    }

    private byte[] asText(byte[] data) {
        return version3() ? EnginePayload3.encodeBase64(data) : EnginePayload.encodeBase64(data);
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

    /** What has no type is binary data as base64, or no packet. */
    private void onBase64(byte[] utf8) {
        try {
            EnginePacket packet = version3() ? EnginePayload3.decodeTextMessage(utf8) : EnginePayload.decodeText(utf8);
            session.onBinary(packet.bytes());
        } catch (ProtocolException e) {
            session.onUnreadable(false, utf8);
        }
    }

    @Override
    public void onBinary(byte[] data) {
        if (version3()) {
            onTyped(data);
        } else {
            session.onBinary(data);
        }
    }

    private void onTyped(byte[] data) {
        try {
            session.onBinary(EnginePayload3.decodeBinaryMessage(data));
        } catch (ProtocolException e) {
            session.onUnreadable(true, data);
        }
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
