// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The scalars and heads of MessagePack, each in its shortest form, written into a buffer.
 *
 * <p>Arrays and maps get one byte when they begin; when they end and their length is known, what is inside moves if the
 * head needs more. Used by one thread, for one packet.
 */
final class MessagePackWriter {
    private static final int MAP = 0x80;
    private static final int ARRAY = 0x90;
    private static final int TEXT = 0xa0;
    private static final int NIL = 0xc0;
    private static final int FALSE = 0xc2;
    private static final int TRUE = 0xc3;
    private static final int BINARY_8 = 0xc4;
    private static final int FLOAT_64 = 0xcb;
    private static final int UNSIGNED_8 = 0xcc;
    private static final int SIGNED_8 = 0xd0;
    private static final int TEXT_8 = 0xd9;
    private static final int ARRAY_16 = 0xdc;
    private static final int MAP_16 = 0xde;

    private final PacketBuffer buffer = new PacketBuffer();

    byte[] toByteArray() {
        return buffer.toByteArray();
    }

    void writeNil() {
        buffer.write(NIL);
    }

    void writeBoolean(boolean value) {
        buffer.write(value ? TRUE : FALSE);
    }

    void writeInteger(long value) {
        if (value >= -0x20 && value < 0x80) {
            buffer.write((int) value);
        } else if (value >= 0) {
            writeNumber(UNSIGNED_8, value, value < 0x100 ? 0 : value < 0x10000 ? 1 : value < 0x1_0000_0000L ? 2 : 3);
        } else {
            int exponent = value == (byte) value ? 0 : value == (short) value ? 1 : value == (int) value ? 2 : 3;
            writeNumber(SIGNED_8, value, exponent);
        }
    }

    /** Writes an integer; as the nearest floating-point number, which is all that JavaScript has, if it takes more than 64 bits. */
    void writeInteger(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            writeInteger(value.longValue());
        } else if (value.bitLength() == Long.SIZE && value.signum() > 0) {
            writeNumber(UNSIGNED_8, value.longValue(), 3);
        } else {
            writeFloat(value.doubleValue());
        }
    }

    void writeFloat(double value) {
        buffer.write(FLOAT_64);
        buffer.writeBigEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    void writeText(String text) {
        writeText(JsonText.wellFormed(text).getBytes(StandardCharsets.UTF_8));
    }

    void writeText(byte[] utf8) {
        if (utf8.length < 0x20) {
            buffer.write(TEXT | utf8.length);
        } else {
            writeLength(TEXT_8, utf8.length);
        }
        buffer.write(utf8, 0, utf8.length);
    }

    void writeBinary(byte[] data, int offset, int length) {
        writeLength(BINARY_8, length);
        buffer.write(data, offset, length);
    }

    /** Writes what is MessagePack already. */
    void writeEncoded(byte[] data, int offset, int length) {
        buffer.write(data, offset, length);
    }

    /**
     * Begins an array or a map.
     *
     * @return where its head is, for {@link #endArray} or {@link #endMap}
     */
    int begin() {
        buffer.write(0);
        return buffer.size() - 1;
    }

    void endArray(int head, int length) {
        end(head, length, ARRAY, ARRAY_16);
    }

    void endMap(int head, int length) {
        end(head, length, MAP, MAP_16);
    }

    private void end(int head, int length, int shortForm, int longForm) {
        if (length < 0x10) {
            buffer.set(head, shortForm | length);
            return;
        }
        int width = length < 0x10000 ? 2 : 4;
        buffer.open(head + 1, width);
        buffer.set(head, width == 2 ? longForm : longForm + 1);
        for (int index = 0; index < width; index++) {
            buffer.set(head + width - index, length >> (8 * index));
        }
    }

    private void writeLength(int code, int length) {
        writeNumber(code, length, length < 0x100 ? 0 : length < 0x10000 ? 1 : 2);
    }

    private void writeNumber(int code, long value, int exponent) {
        buffer.write(code + exponent);
        buffer.writeBigEndian(value, 1 << exponent);
    }
}
