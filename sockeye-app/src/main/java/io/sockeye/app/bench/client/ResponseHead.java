// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status line and header fields of an HTTP response, as text. */
record ResponseHead(String text) {
    /** The length of the head in a buffer, with the empty line that ends it, or -1 if the end has not come. */
    static int length(ByteBuf in, int at, int end) {
        for (int place = at + 3; place < end; place++) {
            if (in.getByte(place) == '\n' && in.getByte(place - 2) == '\n') {
                return place + 1 - at;
            }
        }
        return -1;
    }

    static ResponseHead read(ByteBuf in, int at, int length) {
        return new ResponseHead(in.toString(at, length, StandardCharsets.ISO_8859_1));
    }

    /** The status code, or 0 if the line has none. */
    int status() {
        try {
            return text.startsWith("HTTP/1.") ? Integer.parseInt(text, 9, 12, 10) : 0;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return 0;
        }
    }

    /** The status line. */
    String statusLine() {
        return text.substring(0, text.indexOf('\n')).strip();
    }

    /** The value of a field, whose name is given in lower case, or null. */
    @Nullable
    String field(String name) {
        String lower = text.toLowerCase(Locale.ROOT);
        int start = lower.indexOf("\n" + name + ":");
        if (start < 0) {
            return null;
        }
        int value = start + name.length() + 2;
        return text.substring(value, text.indexOf('\n', value)).strip();
    }
}
