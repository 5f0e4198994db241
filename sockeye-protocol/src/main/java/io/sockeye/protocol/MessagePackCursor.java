// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in MessagePack data that moves from the head of one value to that of the next.
 *
 * <p>Every length is held against the bytes that are left before anything is done with it: an array is refused whose
 * elements could not follow even if each took one byte. Text is not checked. Used by one thread.
 *
 * <p>Extension type 0 is that of notepack.io 2.2, which the clients of Socket.IO use: one byte is JavaScript's
 * undefined, whatever the byte; eight bytes without a length of their own are a date; anything else is binary data. No
 * other extension type is known.
 */
final class MessagePackCursor {
    enum Kind {
        NIL,
        UNDEFINED,
        BOOLEAN,
        INTEGER,
        FLOAT,
        TEXT,
        BINARY,
        DATE,
        ARRAY,
        MAP
    }

    private final byte[] array;
    private final int end;
    private int position;

    private Kind kind = Kind.NIL;
    private long number;
    private boolean beyondLong;
    private double fraction;
    private int length;

    MessagePackCursor(byte[] array, int start, int end) {
        this.array = array;
        this.position = start;
        this.end = end;
    }

    /** Where the next value starts. */
    int position() {
        return position;
    }

    boolean atEnd() {
        return position == end;
    }

    /** What the head that was taken last is of. */
    Kind kind() {
        return kind;
    }

    /** Whether the value that was taken last is absent for Java. */
    boolean isNull() {
        return kind == Kind.NIL || kind == Kind.UNDEFINED;
    }

    boolean bool() {
        return number != 0;
    }

    /** The milliseconds of a date, or the value of an integer unless it is {@link #isBeyondLong}. */
    long number() {
        return number;
    }

    /** Whether an integer is too large for a long: its bits are those of {@link #number}, unsigned. */
    boolean isBeyondLong() {
        return beyondLong;
    }

    /** The integer in the first of the types {@code Integer}, {@code Long} and {@code BigInteger} that holds it. */
    Number integer() {
        if (beyondLong) {
            return bigInteger();
        }
        if (number == (int) number) {
            return (int) number;
        }
        return number;
    }

    /** The integer, whatever its size. */
    BigInteger bigInteger() {
        return beyondLong ? new BigInteger(Long.toUnsignedString(number)) : BigInteger.valueOf(number);
    }

    double fraction() {
        return fraction;
    }

    /** The number of bytes of text or binary data, of elements of an array, of entries of a map. */
    int length() {
        return length;
    }

    /** The text that was taken last, which has been checked before. */
    String text() {
        return new String(array, position - length, length, StandardCharsets.UTF_8);
    }

    /** Tells whether the text that was taken last is the given one. */
    boolean isText(byte[] utf8) {
        return Arrays.equals(array, position - length, position, utf8, 0, utf8.length);
    }

    /** Tells whether the text that was taken last is valid UTF-8. */
    boolean isValidText() {
        return Utf8.validate(array, position - length, length);
    }

    /** A copy of the binary data that was taken last. */
    byte[] bytes() {
        return Arrays.copyOfRange(array, position - length, position);
    }

    /**
     * Takes the next head, and what belongs to it unless it is of an array or a map.
     *
     * @throws ProtocolException if there is none, or if it does not fit into the rest of the data
     */
    Kind next() {
        int code = (int) unsigned(1);
        beyondLong = false;
        length = 0;
        if (code < 0x80 || code >= 0xe0) {
            number = (byte) code;
            kind = Kind.INTEGER;
        } else if (code < 0x90) {
            take(Kind.MAP, code & 0x0f);
        } else if (code < 0xa0) {
            take(Kind.ARRAY, code & 0x0f);
        } else if (code < 0xc0) {
            take(Kind.TEXT, code & 0x1f);
        } else {
            takeCoded(code);
        }
        return kind;
    }

    private void takeCoded(int code) {
        switch (code) {
            case 0xc0 -> kind = Kind.NIL;
            case 0xc2, 0xc3 -> {
                number = code & 1;
                kind = Kind.BOOLEAN;
            }
            case 0xc4, 0xc5, 0xc6 -> take(Kind.BINARY, unsigned(1 << (code - 0xc4)));
            case 0xc7, 0xc8, 0xc9 -> takeExtension(unsigned(1 << (code - 0xc7)), false);
            case 0xca -> takeFraction(Float.intBitsToFloat((int) unsigned(4)));
            case 0xcb -> takeFraction(Double.longBitsToDouble(unsigned(8)));
            case 0xcc, 0xcd, 0xce, 0xcf -> takeInteger(1 << (code - 0xcc), false);
            case 0xd0, 0xd1, 0xd2, 0xd3 -> takeInteger(1 << (code - 0xd0), true);
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> takeExtension(1 << (code - 0xd4), true);
            case 0xd9, 0xda, 0xdb -> take(Kind.TEXT, unsigned(1 << (code - 0xd9)));
            case 0xdc, 0xdd -> take(Kind.ARRAY, unsigned(2 << (code - 0xdc)));
            case 0xde, 0xdf -> take(Kind.MAP, unsigned(2 << (code - 0xde)));
            default -> throw new ProtocolException(ProtocolError.INVALID_MESSAGE_PACK);
        }
    }

    private void takeFraction(double value) {
        fraction = value;
        kind = Kind.FLOAT;
    }

    private void takeInteger(int width, boolean signed) {
        long bits = unsigned(width);
        int spare = Long.SIZE - 8 * width;
        number = signed ? bits << spare >> spare : bits;
        beyondLong = !signed && bits < 0;
        kind = Kind.INTEGER;
    }

    private void takeExtension(long size, boolean fixed) {
        if (unsigned(1) != 0) {
            throw new ProtocolException(ProtocolError.UNKNOWN_EXTENSION);
        }
        if (fixed && size == 8) {
            number = unsigned(8);
            kind = Kind.DATE;
        } else {
            take(fixed && size == 1 ? Kind.UNDEFINED : Kind.BINARY, size);
        }
    }

    private void take(Kind taken, long count) {
        int left = end - position;
        boolean container = taken == Kind.ARRAY || taken == Kind.MAP;
        if (count > (taken == Kind.MAP ? left / 2 : left)) {
            throw new ProtocolException(ProtocolError.INVALID_MESSAGE_PACK);
        }
        kind = taken;
        length = (int) count;
        if (!container) {
            position += length;
        }
    }

    private long unsigned(int width) {
        if (width > end - position) {
            throw new ProtocolException(ProtocolError.INVALID_MESSAGE_PACK);
        }
        long value = 0;
        for (int count = width; count > 0; count--) {
            value = value << 8 | (array[position++] & 0xff);
        }
        return value;
    }
}
