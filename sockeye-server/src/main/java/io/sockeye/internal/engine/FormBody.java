// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A body of {@code application/x-www-form-urlencoded}. Percent signs that begin no escape stand for themselves. */
final class FormBody {
    private FormBody() {}

    /**
     * The values of a field, decoded to bytes.
     *
     * @param name letters and digits, which forms do not escape
     */
    static List<byte[]> values(byte[] body, String name) {
        byte[] start = (name + "=").getBytes(StandardCharsets.US_ASCII);
        List<byte[]> values = new ArrayList<>(1);
        int from = 0;
        while (from < body.length) {
            int to = from;
            while (to < body.length && body[to] != '&') {
                to++;
            }
            if (startsWith(body, from, to, start)) {
                values.add(decode(body, from + start.length, to));
            }
            from = to + 1;
        }
        return values;
    }

    private static boolean startsWith(byte[] body, int from, int to, byte[] start) {
        if (to - from < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (body[from + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] decode(byte[] body, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            int escaped = body[i] == '%' && i + 2 < to ? escaped(body[i + 1], body[i + 2]) : -1;
            if (escaped >= 0) {
                out.write(escaped);
                i += 2;
            } else {
                out.write(body[i] == '+' ? ' ' : body[i]);
            }
        }
        return out.toByteArray();
    }

    private static int escaped(byte high, byte low) {
        int first = Character.digit((char) high, 16);
        int second = Character.digit((char) low, 16);
        return first < 0 || second < 0 ? -1 : first << 4 | second;
    }
}
