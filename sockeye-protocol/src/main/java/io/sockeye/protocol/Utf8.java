// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

/** The grammar of UTF-8 as RFC 3629 defines it. */
public final class Utf8 {
    /*
     * The state between two bytes is an int: the number of continuation bytes that are due in the lowest byte, the
     * least and the greatest value of the next one above it. Only the second byte of a character has bounds other than
     * 80..bf: they exclude overlong forms, surrogates and what is above U+10FFFF.
     */
    static final int BOUNDARY = 0;
    static final int MALFORMED = -1;

    private Utf8() {}

    /** Tells whether the bytes are valid UTF-8 and end with a whole character. */
    public static boolean validate(byte[] array, int offset, int length) {
        return advance(BOUNDARY, array, offset, offset + length) == BOUNDARY;
    }

    static int advance(int before, byte[] array, int start, int end) {
        int state = before;
        int position = start;
        while (position < end && state != MALFORMED) {
            if (state == BOUNDARY) {
                position = Ascii.skipAscii(array, position, end);
                if (position == end) {
                    return BOUNDARY;
                }
                state = afterLead(array[position] & 0xff);
            } else {
                state = afterContinuation(state, array[position] & 0xff);
            }
            position++;
        }
        return state;
    }

    private static int afterLead(int lead) {
        if (lead < 0xc2 || lead > 0xf4) {
            return MALFORMED;
        }
        if (lead < 0xe0) {
            return expect(1, 0x80, 0xbf);
        }
        if (lead < 0xf0) {
            return expect(2, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
        }
        return expect(3, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
    }

    private static int afterContinuation(int state, int value) {
        int least = state >> 8 & 0xff;
        int greatest = state >> 16 & 0xff;
        if (value < least || value > greatest) {
            return MALFORMED;
        }
        int due = (state & 0xff) - 1;
        return due == 0 ? BOUNDARY : expect(due, 0x80, 0xbf);
    }

    private static int expect(int due, int least, int greatest) {
        return due | least << 8 | greatest << 16;
    }
}
