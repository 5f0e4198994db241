// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches in text whose structure is made of ASCII characters. Bytes from 80 on are parts of other characters. */
final class Ascii {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Ascii() {}

    static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    /** Passes the bytes below 80, eight at a time. */
    static int skipAscii(byte[] array, int start, int end) {
        int position = start;
        while (position <= end - Long.BYTES && ((long) LONGS.get(array, position) & HIGH_BITS) == 0) {
            position += Long.BYTES;
        }
        while (position < end && array[position] >= 0) {
            position++;
        }
        return position;
    }

    /** Passes what may stand in a JSON string as it is: anything but quotes, backslashes and control characters. */
    static int skipPlainText(byte[] array, int start, int end) {
        int position = start;
        while (position <= end - Long.BYTES && isPlainText((long) LONGS.get(array, position))) {
            position += Long.BYTES;
        }
        while (position < end && isPlainText(array[position])) {
            position++;
        }
        return position;
    }

    /** Whether a byte is there; eight are looked at at a time. */
    static boolean contains(byte[] array, byte wanted) {
        int position = 0;
        for (; position <= array.length - Long.BYTES; position += Long.BYTES) {
            long differences = (long) LONGS.get(array, position) ^ wanted * ONES;
            if (((differences - ONES) & ~differences & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; position < array.length; position++) {
            if (array[position] == wanted) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlainText(byte value) {
        return value != '"' && value != '\\' && (value < 0 || value >= ' ');
    }

    /*
     * The known trick for "has a byte less than n": subtracting borrows into the high bit of a byte that was less. A
     * borrow can mark a byte too many above one that is marked rightly, which does no harm, and none is missed.
     */
    private static boolean isPlainText(long eight) {
        long controls = eight - ' ' * ONES;
        long quotes = (eight ^ '"' * ONES) - ONES;
        long backslashes = (eight ^ '\\' * ONES) - ONES;
        return ((controls | quotes | backslashes) & ~eight & HIGH_BITS) == 0;
    }
}
