// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The text framing of Engine.IO 4: packets that start with a type digit or, when they are binary, are base64 behind a
 * {@code b}; several of them joined by a record separator in the body of one polling request or response.
 */
public final class EnginePayload {
    private static final byte SEPARATOR = 0x1e;
    private static final byte BASE64 = 'b';

    private EnginePayload() {}

    /**
     * Splits the body of a polling request.
     *
     * @param body the bytes; the packets are slices of it
     * @throws ProtocolException if the body is empty, is not UTF-8, or holds a packet that is none
     */
    public static List<EnginePacket> decode(byte[] body) {
        requireUtf8(body);
        List<EnginePacket> packets = new ArrayList<>(4);
        int start = 0;
        for (int position = 0; position < body.length; position++) {
            if (body[position] == SEPARATOR) {
                packets.add(decode(body, start, position));
                start = position + 1;
            }
        }
        packets.add(decode(body, start, body.length));
        return packets;
    }

    /**
     * Reads one packet from the text of a WebSocket message.
     *
     * @param message the bytes; the packet is a slice of it
     * @throws ProtocolException if the message is empty, is not UTF-8, or is no packet
     */
    public static EnginePacket decodeText(byte[] message) {
        requireUtf8(message);
        return decode(message, 0, message.length);
    }

    /** Writes a binary message as the text of a WebSocket message, for a client that takes no binary ones. */
    public static byte[] encodeBase64(byte[] data) {
        ByteBuffer message = ByteBuffer.allocate(base64Size(data));
        putBase64(message, data);
        return message.array();
    }

    /** The bytes that a packet takes in a payload, separators between its own parts included. */
    public static int size(EncodedPacket packet) {
        int size = packet.text() ? packet.head().length : base64Size(packet.head());
        for (byte[] attachment : packet.attachments()) {
            size = Math.addExact(size, 1 + base64Size(attachment));
        }
        return size;
    }

    /** Joins packets to the body of a polling response. */
    public static byte[] encode(List<EncodedPacket> packets) {
        int size = Math.max(0, packets.size() - 1);
        for (EncodedPacket packet : packets) {
            size = Math.addExact(size, size(packet));
        }
        ByteBuffer body = ByteBuffer.allocate(size);
        for (EncodedPacket packet : packets) {
            separate(body);
            if (packet.text()) {
                body.put(packet.head());
            } else {
                putBase64(body, packet.head());
            }
            for (byte[] attachment : packet.attachments()) {
                separate(body);
                putBase64(body, attachment);
            }
        }
        return body.array();
    }

    private static EnginePacket decode(byte[] array, int start, int end) {
        if (start == end) {
            throw new ProtocolException(ProtocolError.EMPTY_PACKET);
        }
        if (array[start] == BASE64) {
            byte[] data = decodeBase64(array, start + 1, end);
            return new EnginePacket(EnginePacketType.MESSAGE, true, data, 0, data.length);
        }
        EnginePacketType type = EnginePacketType.ofCode(array[start]);
        if (type == null) {
            throw new ProtocolException(ProtocolError.UNKNOWN_ENGINE_PACKET_TYPE);
        }
        return new EnginePacket(type, false, array, start + 1, end - start - 1);
    }

    static byte[] decodeBase64(byte[] array, int start, int end) {
        try {
            ByteBuffer decoded = Base64.getDecoder().decode(withoutLineBreaks(array, start, end));
            byte[] data = new byte[decoded.remaining()];
            decoded.get(data);
            return data;
        } catch (IllegalArgumentException malformed) {
            throw new ProtocolException(ProtocolError.INVALID_BASE64);
        }
    }

    /** The Java client breaks its base64 into lines, and ends it with a break. */
    private static ByteBuffer withoutLineBreaks(byte[] array, int start, int end) {
        int broken = start;
        while (broken < end && !isLineBreak(array[broken])) {
            broken++;
        }
        if (broken == end) {
            return ByteBuffer.wrap(array, start, end - start);
        }
        ByteBuffer kept = ByteBuffer.allocate(end - start).put(array, start, broken - start);
        for (int i = broken; i < end; i++) {
            if (!isLineBreak(array[i])) {
                kept.put(array[i]);
            }
        }
        return kept.flip();
    }

    private static boolean isLineBreak(byte character) {
        return character == '\n' || character == '\r';
    }

    static void requireUtf8(byte[] text) {
        if (!Utf8.validate(text, 0, text.length)) {
            throw new ProtocolException(ProtocolError.INVALID_UTF8);
        }
    }

    /** The size of binary data as base64, with the letter before it. */
    static int base64Size(byte[] data) {
        return Math.toIntExact(1 + (data.length + 2L) / 3 * 4);
    }

    private static void putBase64(ByteBuffer body, byte[] data) {
        body.put(BASE64).put(Base64.getEncoder().encode(data));
    }

    private static void separate(ByteBuffer body) {
        if (body.position() > 0) {
            body.put(SEPARATOR);
        }
    }
}
