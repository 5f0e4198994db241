// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.TokenBuffer;

/**
 * One walk over a value that the scanner has checked, which leaves its tokens in a buffer, with the attachments in the
 * places of their placeholders. Used by one thread, once.
 */
final class TokenCopy {
    private static final int DIGITS_OF_AN_INT = 9;
    private static final int DIGITS_OF_A_LONG = 18;

    private final byte[] array;
    private final int end;
    private final @Nullable Placeholders placeholders;
    private final List<byte[]> attachments;
    private final TokenBuffer tokens;
    private int position;
    private int nextPlaceholder;

    TokenCopy(
            byte[] array,
            int start,
            int end,
            @Nullable Placeholders placeholders,
            List<byte[]> attachments,
            TokenBuffer tokens) {
        this.array = array;
        this.position = start;
        this.end = end;
        this.placeholders = placeholders;
        this.nextPlaceholder = placeholders == null ? 0 : placeholders.firstFrom(start);
        this.attachments = attachments;
        this.tokens = tokens;
    }

    void run() {
        while (position < end) {
            switch (array[position]) {
                case '{' -> startObject();
                case '"' -> copyText();
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> copyNumber();
                case 't' -> {
                    tokens.writeBoolean(true);
                    position += "true".length();
                }
                case 'f' -> {
                    tokens.writeBoolean(false);
                    position += "false".length();
                }
                case 'n' -> {
                    tokens.writeNull();
                    position += "null".length();
                }
                default -> copyPunctuation();
            }
        }
    }

    private void copyPunctuation() {
        switch (array[position++]) {
            case '}' -> tokens.writeEndObject();
            case '[' -> tokens.writeStartArray();
            case ']' -> tokens.writeEndArray();
            default -> {} // Commas, colons and whitespace are no tokens.
        }
    }

    private void startObject() {
        if (placeholders != null && position == placeholders.start(nextPlaceholder)) {
            tokens.writeEmbeddedObject(attachments.get(placeholders.number(nextPlaceholder)));
            position = placeholders.end(nextPlaceholder++);
        } else {
            tokens.writeStartObject();
            position++;
        }
    }

    /** Text in front of a colon is the name of a property, wherever it stands. */
    private void copyText() {
        int start = ++position;
        position = Ascii.skipPlainText(array, position, end);
        while (array[position] != '"') {
            position = Ascii.skipPlainText(array, position + 2, end);
        }
        String text = JsonText.unescape(array, start, position++);
        while (position < end && array[position] <= ' ' && array[position] > 0) {
            position++;
        }
        if (position < end && array[position] == ':') {
            tokens.writeName(text);
        } else {
            tokens.writeString(text);
        }
    }

    private void copyNumber() {
        int start = position;
        boolean integer = true;
        while (position < end && isPartOfNumber(array[position])) {
            integer &= Ascii.isDigit(array[position]) || array[position] == '-';
            position++;
        }
        String number = new String(array, start, position - start, StandardCharsets.US_ASCII);
        if (!integer) {
            tokens.writeNumber(number);
        } else if (number.length() <= DIGITS_OF_AN_INT) {
            tokens.writeNumber(Integer.parseInt(number));
        } else if (number.length() <= DIGITS_OF_A_LONG) {
            tokens.writeNumber(Long.parseLong(number));
        } else {
            tokens.writeNumber(new BigInteger(number));
        }
    }

    private static boolean isPartOfNumber(byte value) {
        return Ascii.isDigit(value) || value == '-' || value == '+' || value == '.' || (value | 0x20) == 'e';
    }
}
