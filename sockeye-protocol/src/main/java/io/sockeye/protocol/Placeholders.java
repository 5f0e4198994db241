// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The places in the payload of one binary packet where its attachments belong: objects with {@code "_placeholder"} true
 * and the attachment's number as {@code "num"}.
 *
 * <p>It is filled while the payload is scanned and does not change afterwards. Of a property that an object has twice
 * the last counts, as in JavaScript.
 */
final class Placeholders {
    static final String MARK = "_placeholder";

    private static final byte[] MARK_KEY = MARK.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NUMBER_KEY = {'n', 'u', 'm'};
    private static final int NO_NUMBER = -1;
    private static final int LONGEST_NUMBER = 9;
    private static final int LONGEST_ESCAPE = 6;

    private final int attachments;
    private final BitSet named = new BitSet();

    /** The objects that are open, by depth. */
    private int[] openStarts = new int[8];

    private int[] openNumbers = new int[8];
    private boolean[] openMarks = new boolean[8];

    /** The placeholders found, in the order of the text. */
    private int[] starts = new int[2];

    private int[] ends = new int[2];
    private int[] numbers = new int[2];
    private int count;

    Placeholders(int attachments) {
        this.attachments = attachments;
    }

    void enterObject(int depth, int start) {
        if (depth >= openStarts.length) {
            int length = 2 * depth;
            openStarts = Arrays.copyOf(openStarts, length);
            openNumbers = Arrays.copyOf(openNumbers, length);
            openMarks = Arrays.copyOf(openMarks, length);
        }
        openStarts[depth] = start;
        openNumbers[depth] = NO_NUMBER;
        openMarks[depth] = false;
    }

    /** Takes the key between two positions and the value, not yet checked, that starts at a third. */
    void property(int depth, byte[] array, int keyStart, int keyEnd, int value, int end) {
        if (isKey(MARK_KEY, MARK, array, keyStart, keyEnd)) {
            openMarks[depth] = value < end && array[value] == 't';
        } else if (isKey(NUMBER_KEY, "num", array, keyStart, keyEnd)) {
            openNumbers[depth] = readNumber(array, value, end);
        }
    }

    /** Takes the position behind an object. */
    void leaveObject(int depth, int end) {
        if (!openMarks[depth]) {
            return;
        }
        int start = openStarts[depth];
        int number = openNumbers[depth];
        boolean encloses = count > 0 && starts[count - 1] > start;
        if (number == NO_NUMBER || number >= attachments || named.get(number) || encloses) {
            throw new ProtocolException(ProtocolError.ILLEGAL_ATTACHMENT);
        }
        named.set(number);
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        numbers[count++] = number;
    }

    /** The index of the first placeholder that starts at the position or behind it; the number of them if none does. */
    int firstFrom(int position) {
        int index = Arrays.binarySearch(starts, 0, count, position);
        return index < 0 ? -index - 1 : index;
    }

    /** Where a placeholder starts, or {@code Integer.MAX_VALUE} behind the last one. */
    int start(int index) {
        return index < count ? starts[index] : Integer.MAX_VALUE;
    }

    /** The position behind a placeholder. */
    int end(int index) {
        return ends[index];
    }

    /** The number of the attachment that a placeholder names. */
    int number(int index) {
        return numbers[index];
    }

    private static boolean isKey(byte[] plain, String text, byte[] array, int start, int end) {
        if (Arrays.equals(array, start, end, plain, 0, plain.length)) {
            return true;
        }
        boolean escaped = end - start > plain.length
                && end - start <= LONGEST_ESCAPE * plain.length
                && JsonText.indexOfBackslash(array, start, end) < end;
        return escaped && JsonText.unescape(array, start, end).equals(text);
    }

    private static int readNumber(byte[] array, int start, int end) {
        int position = start;
        int number = 0;
        while (position < end && position - start <= LONGEST_NUMBER && Ascii.isDigit(array[position])) {
            number = 10 * number + (array[position++] - '0');
        }
        boolean goesOn = position < end && (array[position] == '.' || (array[position] | 0x20) == 'e');
        return position == start || position - start > LONGEST_NUMBER || goesOn ? NO_NUMBER : number;
    }
}
