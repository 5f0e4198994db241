// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A WebSocket client that sends exactly the frames it is given, right or wrong. Not thread-safe. */
public final class RawWebSocketClient implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** The key of RFC 6455, section 1.3. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private final RawHttpClient connection;
    private final RawHttpClient.Response handshake;

    private RawWebSocketClient(RawHttpClient connection, RawHttpClient.Response handshake) {
        this.connection = connection;
        this.handshake = handshake;
    }

    /** Connects and shakes hands; {@link #handshake()} tells how that went. */
    public static RawWebSocketClient connect(InetSocketAddress address, String target, String... fields)
            throws IOException {
        return connect(RawHttpClient.connect(address), target, new byte[0], fields);
    }

    /** Shakes hands on a connection, with bytes that follow the handshake in the same write. */
    public static RawWebSocketClient connect(
            RawHttpClient connection, String target, byte[] sentAlong, String... fields) throws IOException {
        connection.send(join(handshake(target, fields).getBytes(StandardCharsets.ISO_8859_1), sentAlong));
        return new RawWebSocketClient(connection, connection.read());
    }

    /** The text of a handshake request with more fields. */
    public static String handshake(String target, String... fields) {
        String[] all = Arrays.copyOf(fields, fields.length + 4);
        all[fields.length] = "Upgrade: websocket";
        all[fields.length + 1] = "Connection: Upgrade";
        all[fields.length + 2] = "Sec-WebSocket-Version: 13";
        all[fields.length + 3] = "Sec-WebSocket-Key: " + KEY;
        return RawHttpClient.head("GET", target, all);
    }

    public RawHttpClient.Response handshake() {
        return handshake;
    }

    /** Sends bytes as they are. */
    public RawWebSocketClient send(byte[]... parts) throws IOException {
        connection.send(join(parts));
        return this;
    }

    public RawWebSocketClient text(String text) throws IOException {
        return send(frame(TEXT, utf8(text)));
    }

    public RawWebSocketClient binary(byte[] data) throws IOException {
        return send(frame(BINARY, data));
    }

    public RawWebSocketClient closeFrame(int code, String reason) throws IOException {
        return send(frame(CLOSE, closePayload(code, utf8(reason))));
    }

    /** A final, masked frame. */
    public static byte[] frame(int opcode, byte[] payload) {
        return frame(0x80 | opcode, true, payload);
    }

    /** A masked frame that more will follow. */
    public static byte[] fragment(int opcode, byte[] payload) {
        return frame(opcode, true, payload);
    }

    /** A frame with any first byte. */
    public static byte[] frame(int firstByte, boolean masked, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
        int maskBit = masked ? 0x80 : 0;
        out.put((byte) firstByte);
        if (payload.length < 126) {
            out.put((byte) (maskBit | payload.length));
        } else if (payload.length <= 0xffff) {
            out.put((byte) (maskBit | 126)).putShort((short) payload.length);
        } else {
            out.put((byte) (maskBit | 127)).putLong(payload.length);
        }
        if (masked) {
            out.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (masked ? payload[i] ^ MASK[i & 3] : payload[i]));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    public static byte[] closePayload(int code, byte[] reason) {
        return join(new byte[] {(byte) (code >> 8), (byte) code}, reason);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Reads the next frame. */
    public Frame read() throws IOException {
        byte[] start = connection.bytes(2);
        long length = start[1] & 0x7f;
        if (length == 126) {
            length = ByteBuffer.wrap(connection.bytes(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = ByteBuffer.wrap(connection.bytes(8)).getLong();
        }
        boolean masked = (start[1] & 0x80) != 0;
        return new Frame(start[0] & 0xf0, start[0] & 0x0f, masked, connection.bytes(Math.toIntExact(length)));
    }

    /** Waits for the server to close the connection. False if it sends something instead. */
    public boolean ended() throws IOException {
        return connection.ended();
    }

    /** Ends the connection without a close frame. */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** A frame from the server. */
    public static final class Frame {
        private final int flags;
        private final int opcode;
        private final boolean masked;
        private final byte[] payload;

        private Frame(int flags, int opcode, boolean masked, byte[] payload) {
            this.flags = flags;
            this.opcode = opcode;
            this.masked = masked;
            this.payload = payload;
        }

        /** The upper half of the first byte: 0x80 for a final frame without extensions. */
        public int flags() {
            return flags;
        }

        public int opcode() {
            return opcode;
        }

        public boolean masked() {
            return masked;
        }

        public byte[] payload() {
            return payload;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a close frame, 1005 for none. */
        public int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        }

        /** The reason of a close frame. */
        public String closeReason() {
            return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }
}
