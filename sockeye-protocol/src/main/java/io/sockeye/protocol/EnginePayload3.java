// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The framing of Engine.IO 3. A polling body is text, each packet behind its length in UTF-16 code units and a colon, binary
 * ones as base64 behind {@code b4}; or it is bytes, each packet behind a byte that says whether it is binary, its length in
 * bytes, one byte for each decimal digit, and {@code ff}. On a WebSocket, binary messages begin with the byte of their type.
 */
public final class EnginePayload3 {
    /** The type of a message, as the byte before binary data. */
    private static final byte MESSAGE = 4;

    private static final byte TEXT_PACKET = 0;
    private static final byte BINARY_PACKET = 1;
    private static final byte END_OF_LENGTH = (byte) 0xff;
    private static final byte BASE64 = 'b';

    /** Enough for any length that an array can have. */
    private static final int MAX_DIGITS = 10;

    private EnginePayload3() {}

    // Receiving

    /**
     * Splits the text of a polling request.
     *
     * @param body the bytes; the packets are slices of it
     * @throws ProtocolException if the body is empty, is not UTF-8, has a wrong length, or holds a packet that is none
     */
    public static List<EnginePacket> decodeText(byte[] body) {
        EnginePayload.requireUtf8(body);
        requireSome(body.length);
        List<EnginePacket> packets = new ArrayList<>(4);
        int start = 0;
        while (start < body.length) {
            int colon = start;
            while (colon < body.length && body[colon] != ':') {
                colon++;
            }
            int units = length(body, start, colon, (byte) '0');
            int end = skipUnits(body, colon + 1, units);
            packets.add(decodePacket(body, colon + 1, end));
            start = end;
        }
        return packets;
    }

    /**
     * Splits the bytes of a polling request whose content is {@code application/octet-stream}.
     *
     * @param body the bytes; the packets are slices of it
     * @throws ProtocolException if the body is empty, has a wrong length, or holds a packet that is none
     */
    public static List<EnginePacket> decodeBinary(byte[] body) {
        requireSome(body.length);
        List<EnginePacket> packets = new ArrayList<>(4);
        int start = 0;
        while (start < body.length) {
            int mark = start + 1;
            while (mark < body.length && body[mark] != END_OF_LENGTH) {
                mark++;
            }
            int bytes = length(body, start + 1, mark, (byte) 0);
            if (bytes > body.length - mark - 1) {
                throw new ProtocolException(ProtocolError.INVALID_LENGTH);
            }
            packets.add(decodePacket(body[start], body, mark + 1, mark + 1 + bytes));
            start = mark + 1 + bytes;
        }
        return packets;
    }

    /**
     * Reads one packet from the text of a WebSocket message.
     *
     * @param message the bytes; the packet is a slice of it
     * @throws ProtocolException if the message is empty, is not UTF-8, or is no packet
     */
    public static EnginePacket decodeTextMessage(byte[] message) {
        EnginePayload.requireUtf8(message);
        requireSome(message.length);
        return decodePacket(message, 0, message.length);
    }

    /**
     * Takes the type off a binary WebSocket message.
     *
     * @throws ProtocolException if it does not begin with that of a message
     */
    public static byte[] decodeBinaryMessage(byte[] message) {
        return decodeTyped(message, 0, message.length).bytes();
    }

    private static EnginePacket decodePacket(byte kind, byte[] array, int start, int end) {
        if (kind == BINARY_PACKET) {
            return decodeTyped(array, start, end);
        }
        if (kind != TEXT_PACKET) {
            throw new ProtocolException(ProtocolError.UNKNOWN_ENGINE_PACKET_TYPE);
        }
        if (!Utf8.validate(array, start, end - start)) {
            throw new ProtocolException(ProtocolError.INVALID_UTF8);
        }
        return decodePacket(array, start, end);
    }

    private static EnginePacket decodePacket(byte[] array, int start, int end) {
        if (array[start] == BASE64) {
            return decodeBase64(array, start + 1, end);
        }
        EnginePacketType type = EnginePacketType.ofCode(array[start]);
        if (type == null) {
            throw new ProtocolException(ProtocolError.UNKNOWN_ENGINE_PACKET_TYPE);
        }
        return new EnginePacket(type, false, array, start + 1, end - start - 1);
    }

    /* Only messages have binary data. */
    private static EnginePacket decodeBase64(byte[] array, int start, int end) {
        if (start == end || array[start] != EnginePacketType.MESSAGE.code()) {
            throw new ProtocolException(ProtocolError.UNKNOWN_ENGINE_PACKET_TYPE);
        }
        byte[] data = EnginePayload.decodeBase64(array, start + 1, end);
        return new EnginePacket(EnginePacketType.MESSAGE, true, data, 0, data.length);
    }

    private static EnginePacket decodeTyped(byte[] array, int start, int end) {
        requireSome(end - start);
        if (array[start] != MESSAGE) {
            throw new ProtocolException(ProtocolError.UNKNOWN_ENGINE_PACKET_TYPE);
        }
        return new EnginePacket(EnginePacketType.MESSAGE, true, array, start + 1, end - start - 1);
    }

    private static void requireSome(int bytes) {
        if (bytes == 0) {
            throw new ProtocolException(ProtocolError.EMPTY_PACKET);
        }
    }

    /** Reads a length, which something else must follow. */
    private static int length(byte[] array, int start, int end, byte zero) {
        if (start >= end || end - start > MAX_DIGITS || end == array.length) {
            throw new ProtocolException(ProtocolError.INVALID_LENGTH);
        }
        long length = 0;
        for (int position = start; position < end; position++) {
            int digit = array[position] - zero;
            if (digit < 0 || digit > 9) {
                throw new ProtocolException(ProtocolError.INVALID_LENGTH);
            }
            length = length * 10 + digit;
        }
        if (length == 0 || length > array.length) {
            throw new ProtocolException(ProtocolError.INVALID_LENGTH);
        }
        return (int) length;
    }

    /** Passes a number of UTF-16 code units of valid UTF-8, and gives the place behind them. */
    private static int skipUnits(byte[] array, int start, int units) {
        int position = start;
        int left = units;
        while (left > 0 && position < array.length) {
            int lead = array[position] & 0xff;
            left -= lead < 0xf0 ? 1 : 2;
            position += utf8Length(lead);
        }
        if (left != 0) {
            throw new ProtocolException(ProtocolError.INVALID_LENGTH);
        }
        return position;
    }

    private static int utf8Length(int lead) {
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xe0) {
            return 2;
        }
        return lead < 0xf0 ? 3 : 4;
    }

    // Sending

    /** Whether packets have binary data: their polling response is then {@link #encodeBinary}, if the client takes that. */
    public static boolean holdBinary(List<EncodedPacket> packets) {
        for (EncodedPacket packet : packets) {
            if (!packet.text() || !packet.attachments().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The most bytes that a packet takes in a payload, with its attachments and their lengths. */
    public static int size(EncodedPacket packet, boolean base64) {
        int size = packet.text() ? framed(packet.head().length) : binarySize(packet.head(), base64);
        for (byte[] attachment : packet.attachments()) {
            size = Math.addExact(size, binarySize(attachment, base64));
        }
        return size;
    }

    private static int binarySize(byte[] data, boolean base64) {
        return framed(1 + (base64 ? EnginePayload.base64Size(data) : data.length));
    }

    private static int framed(int length) {
        return Math.addExact(length, 2 + digits(length));
    }

    /** Joins packets to the text of a polling response, binary data as base64. */
    public static byte[] encodeText(List<EncodedPacket> packets) {
        ByteBuffer body = ByteBuffer.allocate(totalSize(packets, true));
        for (EncodedPacket packet : packets) {
            if (packet.text()) {
                putLength(body, units(packet.head()), (byte) '0');
                body.put((byte) ':').put(packet.head());
            } else {
                putBase64(body, packet.head());
            }
            packet.attachments().forEach(attachment -> putBase64(body, attachment));
        }
        return Arrays.copyOf(body.array(), body.position());
    }

    /** Joins packets to the bytes of a polling response. */
    public static byte[] encodeBinary(List<EncodedPacket> packets) {
        ByteBuffer body = ByteBuffer.allocate(totalSize(packets, false));
        for (EncodedPacket packet : packets) {
            if (packet.text()) {
                body.put(TEXT_PACKET);
                putLength(body, packet.head().length, (byte) 0);
                body.put(END_OF_LENGTH).put(packet.head());
            } else {
                putTyped(body, packet.head());
            }
            packet.attachments().forEach(attachment -> putTyped(body, attachment));
        }
        return body.array();
    }

    /** Writes a binary message as the text of a WebSocket message, for a client that takes no binary ones. */
    public static byte[] encodeBase64(byte[] data) {
        byte[] base64 = Base64.getEncoder().encode(data);
        return ByteBuffer.allocate(2 + base64.length)
                .put(BASE64)
                .put(EnginePacketType.MESSAGE.code())
                .put(base64)
                .array();
    }

    /** Binary data behind the byte of its type. */
    static byte[] withType(byte[] data) {
        return ByteBuffer.allocate(1 + data.length).put(MESSAGE).put(data).array();
    }

    private static int totalSize(List<EncodedPacket> packets, boolean base64) {
        int size = 0;
        for (EncodedPacket packet : packets) {
            size = Math.addExact(size, size(packet, base64));
        }
        return size;
    }

    private static void putBase64(ByteBuffer body, byte[] data) {
        byte[] message = encodeBase64(data);
        putLength(body, message.length, (byte) '0');
        body.put((byte) ':').put(message);
    }

    private static void putTyped(ByteBuffer body, byte[] data) {
        body.put(BINARY_PACKET);
        putLength(body, 1 + data.length, (byte) 0);
        body.put(END_OF_LENGTH).put(MESSAGE).put(data);
    }

    private static void putLength(ByteBuffer body, int length, byte zero) {
        for (byte digit : Integer.toString(length).getBytes(StandardCharsets.US_ASCII)) {
            body.put((byte) (digit - '0' + zero));
        }
    }

    private static int digits(int length) {
        int digits = 1;
        for (int rest = length / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** The UTF-16 code units of valid UTF-8. */
    private static int units(byte[] utf8) {
        int units = 0;
        for (byte value : utf8) {
            boolean continuation = (value & 0xc0) == 0x80;
            int lead = value & 0xff;
            units += continuation ? 0 : lead < 0xf0 ? 1 : 2;
        }
        return units;
    }
}
