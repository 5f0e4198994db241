// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The status line and header fields of an HTTP/1.1 response.
 *
 * @param length of the head in bytes, with the empty line that ends it
 * @param bodyLength in bytes, {@link #CHUNKED} or {@link #UNKNOWN}
 */
record ResponseHead(int length, int status, int bodyLength) {
    /** The body comes in chunks. */
    static final int CHUNKED = -1;

    /** The body ends with the connection, or there is none. */
    static final int UNKNOWN = -2;

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int LONGEST_NUMBER = 9;

    /** The length of a head in a buffer, or -1 if its end has not come. */
    static int length(ByteBuf in, int at, int end) {
        for (int place = at + 3; place < end; place++) {
            if (in.getByte(place) == '\n' && in.getByte(place - 2) == '\n') {
                return place + 1 - at;
            }
        }
        return -1;
    }

    static ResponseHead read(ByteBuf in, int at, int length) {
        int end = at + length;
        int body = UNKNOWN;
        int line = lineAfter(in, at, end);
        while (line < end) {
            if (startsWith(in, line, end, CONTENT_LENGTH)) {
                body = number(in, line + CONTENT_LENGTH.length, end);
            } else if (startsWith(in, line, end, TRANSFER_ENCODING)) {
                body = CHUNKED;
            }
            line = lineAfter(in, line, end);
        }
        return new ResponseHead(length, length > STATUS_AT ? number(in, at + STATUS_AT, end) : 0, body);
    }

    /** The status line as text. */
    static String statusLine(ByteBuf in, int at, int end) {
        int line = lineAfter(in, at, end);
        return in.toString(at, line - at, StandardCharsets.ISO_8859_1).strip();
    }

    private static int lineAfter(ByteBuf in, int at, int end) {
        int newline = in.indexOf(at, end, (byte) '\n');
        return newline < 0 ? end : newline + 1;
    }

    private static boolean startsWith(ByteBuf in, int at, int end, byte[] lowerCase) {
        if (end - at < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            int octet = in.getByte(at + i);
            int lower = octet >= 'A' && octet <= 'Z' ? octet + 'a' - 'A' : octet;
            if (lower != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(ByteBuf in, int at, int end) {
        int place = at;
        while (place < end && in.getByte(place) == ' ') {
            place++;
        }
        int value = 0;
        for (int digits = 0; place < end && digits < LONGEST_NUMBER; digits++, place++) {
            int digit = in.getByte(place) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
