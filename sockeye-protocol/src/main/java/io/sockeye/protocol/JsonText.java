// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.nio.charset.StandardCharsets;

/** The strings of JSON: from what stands between the quotes to characters, and back. */
final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonText() {}

    /** Reads what stands between the quotes of a string that was checked. */
    static String unescape(byte[] array, int start, int end) {
        int escape = indexOfBackslash(array, start, end);
        if (escape == end) {
            return new String(array, start, end - start, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(end - start);
        int position = start;
        while (escape < end) {
            text.append(new String(array, position, escape - position, StandardCharsets.UTF_8));
            byte kind = array[escape + 1];
            if (kind == 'u') {
                text.append(hexadecimal(array, escape + 2));
                position = escape + 6;
            } else {
                text.append(unescape(kind));
                position = escape + 2;
            }
            escape = indexOfBackslash(array, position, end);
        }
        return text.append(new String(array, position, end - position, StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * Writes a string with its quotes, as {@code JSON.stringify} does: a surrogate without its partner, which UTF-8
     * cannot hold, becomes an escape.
     */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append(unit);
            } else if (unit < ' ' || (Character.isSurrogate(unit) && isLone(text, index))) {
                appendEscaped(quoted, unit);
            } else {
                quoted.append(unit);
            }
        }
        return quoted.append('"').toString();
    }

    /** Writes a string with its quotes, as {@link #quote} does. */
    static void writeQuoted(String text, PacketBuffer buffer) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // The encoder puts a question mark in the place of a surrogate without its partner.
        boolean encodable = !Ascii.contains(bytes, (byte) '?') || !hasLoneSurrogate(text);
        if (encodable && Ascii.skipPlainText(bytes, 0, bytes.length) == bytes.length) {
            buffer.write('"');
            buffer.write(bytes, 0, bytes.length);
            buffer.write('"');
        } else {
            buffer.write(quote(text));
        }
    }

    /** Tells whether there is a surrogate without its partner. */
    static boolean hasLoneSurrogate(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index)) && isLone(text, index)) {
                return true;
            }
        }
        return false;
    }

    /** The text with U+FFFD in the place of each surrogate without its partner, as the encoders of browsers have it. */
    static String wellFormed(String text) {
        if (!hasLoneSurrogate(text)) {
            return text;
        }
        StringBuilder wellFormed = new StringBuilder(text);
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index)) && isLone(text, index)) {
                wellFormed.setCharAt(index, '\ufffd');
            }
        }
        return wellFormed.toString();
    }

    private static boolean isLone(String text, int index) {
        if (Character.isHighSurrogate(text.charAt(index))) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static void appendEscaped(StringBuilder quoted, char unit) {
        int shorthand = "\b\t\n\f\r".indexOf(unit);
        if (shorthand >= 0) {
            quoted.append('\\').append("btnfr".charAt(shorthand));
            return;
        }
        quoted.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            quoted.append(HEX[unit >> shift & 0xf]);
        }
    }

    /** The first backslash of text between the quotes of a string that was checked, or the end. */
    static int indexOfBackslash(byte[] array, int start, int end) {
        // Nothing else is there that is no plain text.
        return Ascii.skipPlainText(array, start, end);
    }

    private static char unescape(byte kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) kind;
        };
    }

    private static char hexadecimal(byte[] array, int start) {
        int value = 0;
        for (int index = start; index < start + 4; index++) {
            value = value << 4 | Character.digit(array[index], 16);
        }
        return (char) value;
    }
}
