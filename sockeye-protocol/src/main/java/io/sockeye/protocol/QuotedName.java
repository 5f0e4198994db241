// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.SerializableString;

/** A property name that was escaped by {@link JsonText}. A method that writes returns -1 if there is no room. */
final class QuotedName implements SerializableString {
    private final String name;
    private final String quoted;

    QuotedName(String name) {
        this.name = name;
        String withQuotes = JsonText.quote(name);
        this.quoted = withQuotes.substring(1, withQuotes.length() - 1);
    }

    @Override
    public String getValue() {
        return name;
    }

    @Override
    public int charLength() {
        return name.length();
    }

    @Override
    public char[] asQuotedChars() {
        return quoted.toCharArray();
    }

    @Override
    public byte[] asQuotedUTF8() {
        return quoted.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        return append(asQuotedUTF8(), buffer, offset);
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        return append(asUnquotedUTF8(), buffer, offset);
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        return append(quoted, buffer, offset);
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        return append(name, buffer, offset);
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) throws IOException {
        return write(asQuotedUTF8(), out);
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        return write(asUnquotedUTF8(), out);
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        return put(asQuotedUTF8(), buffer);
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        return put(asUnquotedUTF8(), buffer);
    }

    private static int append(byte[] bytes, byte[] buffer, int offset) {
        if (bytes.length > buffer.length - offset) {
            return -1;
        }
        System.arraycopy(bytes, 0, buffer, offset, bytes.length);
        return bytes.length;
    }

    private static int append(String text, char[] buffer, int offset) {
        if (text.length() > buffer.length - offset) {
            return -1;
        }
        text.getChars(0, text.length(), buffer, offset);
        return text.length();
    }

    private static int write(byte[] bytes, OutputStream out) throws IOException {
        out.write(bytes);
        return bytes.length;
    }

    private static int put(byte[] bytes, ByteBuffer buffer) {
        if (bytes.length > buffer.remaining()) {
            return -1;
        }
        buffer.put(bytes);
        return bytes.length;
    }
}
