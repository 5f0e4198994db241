// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One pass over JSON text that checks it against RFC 8259 and the limits, and notes where things are.
 *
 * <p>It builds no values and does not recurse: the time is linear in the text. The bytes between the quotes of strings
 * are taken for valid UTF-8. Used by one thread, for one text.
 */
final class JsonScanner {
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    /** Those of an event with one argument. */
    private static final int USUAL_SPANS = 4;

    private static final int LEVELS_OF_A_LONG = Long.SIZE;

    private final byte[] array;
    private final int end;
    private final ProtocolLimits limits;
    private final @Nullable Placeholders placeholders;
    private int position;

    /** One bit for each open bracket, set for an object: those of the outer levels, and the rest when there are any. */
    private int depth;

    private long outerLevels;
    private long @Nullable [] innerLevels;

    private int values;
    /** Of the innermost open object. */
    private int keys;
    /** Of the objects around it. Null until there is one. */
    private @Nullable ObjectKeys outerKeys;

    /** @param placeholders what takes the placeholders of attachments, or null if objects like them mean nothing */
    JsonScanner(byte[] array, int start, int end, ProtocolLimits limits, @Nullable Placeholders placeholders) {
        this.array = array;
        this.position = start;
        this.end = end;
        this.limits = limits;
        this.placeholders = placeholders;
        this.outerKeys = limits.uniqueKeys() ? new ObjectKeys(true) : null;
    }

    /** Checks that the text is one value. */
    void scanText() {
        scanValue();
        requireEnd();
    }

    /**
     * Checks that the text is one array.
     *
     * @return where each element starts and where it ends, alternating
     */
    int[] scanElements() {
        expect('[');
        enter(false);
        skipWhitespace();
        int[] spans = new int[USUAL_SPANS];
        int count = 0;
        if (peek() == ']') {
            position++;
        } else {
            do {
                skipWhitespace();
                if (count == spans.length) {
                    spans = Arrays.copyOf(spans, 2 * count);
                }
                spans[count++] = position;
                scanValue();
                spans[count++] = position;
                skipWhitespace();
            } while (nextIsComma());
        }
        depth--;
        requireEnd();
        return count == spans.length ? spans : Arrays.copyOf(spans, count);
    }

    private boolean nextIsComma() {
        byte next = peek();
        if (next != ',' && next != ']') {
            throw invalid();
        }
        position++;
        return next == ',';
    }

    private void scanValue() {
        int outside = depth;
        do {
            if (scanScalarOrOpening()) {
                scanClosings(outside);
            }
        } while (depth > outside);
    }

    /** Tells whether a value is complete: a scalar or something empty; otherwise the next value is inside of it. */
    private boolean scanScalarOrOpening() {
        if (++values > limits.maxValues()) {
            throw new ProtocolException(ProtocolError.TOO_MANY_VALUES);
        }
        skipWhitespace();
        switch (peek()) {
            case '{' -> {
                return scanOpeningBrace();
            }
            case '[' -> {
                return scanOpeningBracket();
            }
            case '"' -> scanString();
            case 't' -> scanLiteral(TRUE);
            case 'f' -> scanLiteral(FALSE);
            case 'n' -> scanLiteral(NULL);
            default -> scanNumber();
        }
        return true;
    }

    private boolean scanOpeningBrace() {
        enter(true);
        if (placeholders != null) {
            placeholders.enterObject(depth, position);
        }
        position++;
        skipWhitespace();
        if (peek() == '}') {
            position++;
            depth--;
            return true;
        }
        openKeys();
        scanKey();
        return false;
    }

    private boolean scanOpeningBracket() {
        enter(false);
        position++;
        skipWhitespace();
        if (peek() == ']') {
            position++;
            depth--;
            return true;
        }
        return false;
    }

    /** After a value: closes what ends here, or passes the comma, and the key, before the next value. */
    private void scanClosings(int outside) {
        while (depth > outside) {
            boolean object = inObject();
            skipWhitespace();
            byte next = peek();
            position++;
            if (next == ',') {
                if (object) {
                    scanKey();
                }
                return;
            }
            if (next != (object ? '}' : ']')) {
                throw invalid();
            }
            if (object) {
                leaveObject();
            }
            depth--;
        }
    }

    /** An object without keys never comes here, so whatever is open has some. */
    private void openKeys() {
        if (keys > 0 && outerKeys == null) {
            outerKeys = new ObjectKeys(false);
        }
        if (outerKeys != null) {
            outerKeys.enter(keys);
        }
        keys = 0;
    }

    private void leaveObject() {
        keys = outerKeys == null ? 0 : outerKeys.leave();
        if (placeholders != null) {
            placeholders.leaveObject(depth, position);
        }
    }

    private void scanKey() {
        skipWhitespace();
        if (peek() != '"') {
            throw invalid();
        }
        if (++keys > limits.maxKeys()) {
            throw new ProtocolException(ProtocolError.TOO_MANY_KEYS);
        }
        int start = position + 1;
        scanString();
        int keyEnd = position - 1;
        if (outerKeys != null && limits.uniqueKeys()) {
            outerKeys.add(JsonText.unescape(array, start, keyEnd));
        }
        skipWhitespace();
        expect(':');
        skipWhitespace();
        if (placeholders != null) {
            placeholders.property(depth, array, start, keyEnd, position, end);
        }
    }

    private void scanString() {
        int start = ++position;
        while (true) {
            position = Ascii.skipPlainText(array, position, end);
            byte next = peek();
            if (next == '"') {
                requireLength(position++ - start);
                return;
            }
            position++;
            if (next != '\\') {
                throw invalid();
            }
            scanEscape();
        }
    }

    private void requireLength(int text) {
        if (text > limits.maxStringLength()) {
            throw new ProtocolException(ProtocolError.STRING_TOO_LONG);
        }
    }

    private void scanEscape() {
        byte escaped = peek();
        position++;
        switch (escaped) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {}
            case 'u' -> {
                for (int digit = 0; digit < 4; digit++) {
                    if (Character.digit(peek(), 16) < 0) {
                        throw invalid();
                    }
                    position++;
                }
            }
            default -> throw invalid();
        }
    }

    private void scanNumber() {
        int start = position;
        if (peek() == '-') {
            position++;
        }
        if (peek() == '0') {
            position++;
        } else {
            scanDigits();
        }
        if (position < end && array[position] == '.') {
            position++;
            scanDigits();
        }
        if (position < end && (array[position] | 0x20) == 'e') {
            position++;
            byte sign = peek();
            if (sign == '+' || sign == '-') {
                position++;
            }
            scanDigits();
        }
        if (position - start > limits.maxNumberLength()) {
            throw new ProtocolException(ProtocolError.NUMBER_TOO_LONG);
        }
    }

    private void scanDigits() {
        int start = position;
        while (position < end && Ascii.isDigit(array[position])) {
            position++;
        }
        if (position == start) {
            throw invalid();
        }
    }

    private void scanLiteral(byte[] literal) {
        int after = position + literal.length;
        if (after > end || !Arrays.equals(array, position, after, literal, 0, literal.length)) {
            throw invalid();
        }
        position = after;
    }

    private void enter(boolean object) {
        if (depth == limits.maxDepth()) {
            throw new ProtocolException(ProtocolError.NESTING_TOO_DEEP);
        }
        int level = depth++;
        if (level < LEVELS_OF_A_LONG) {
            outerLevels = withBit(outerLevels, level, object);
            return;
        }
        if (innerLevels == null) {
            innerLevels = new long[(limits.maxDepth() - 1) / Long.SIZE];
        }
        int word = level / Long.SIZE - 1;
        innerLevels[word] = withBit(innerLevels[word], level, object);
    }

    private static long withBit(long word, int level, boolean set) {
        long bit = 1L << level;
        return set ? word | bit : word & ~bit;
    }

    private boolean inObject() {
        int level = depth - 1;
        long word = level < LEVELS_OF_A_LONG || innerLevels == null ? outerLevels : innerLevels[level / Long.SIZE - 1];
        return (word >>> level & 1) != 0;
    }

    private void skipWhitespace() {
        while (position < end && isWhitespace(array[position])) {
            position++;
        }
    }

    private static boolean isWhitespace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    private byte peek() {
        if (position >= end) {
            throw invalid();
        }
        return array[position];
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw invalid();
        }
        position++;
    }

    private void requireEnd() {
        skipWhitespace();
        if (position != end) {
            throw invalid();
        }
    }

    private static ProtocolException invalid() {
        return new ProtocolException(ProtocolError.INVALID_JSON);
    }
}
