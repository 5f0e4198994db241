// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The body of an HTTP response that came in chunks.
 *
 * @param data without the chunks' sizes, in memory of its own
 * @param used the bytes that it took on the connection
 */
record ChunkedBody(ByteBuf data, int used) {
    /** Reads a body, or answers null if its end has not come. */
    static @Nullable ChunkedBody read(ByteBuf in, int at, int end) {
        ByteBuf data = Unpooled.buffer();
        int place = at;
        while (true) {
            int newline = in.indexOf(place, end, (byte) '\n');
            if (newline < 0) {
                return null;
            }
            int size = size(in.toString(place, newline - place, StandardCharsets.ISO_8859_1));
            // Behind the data of each chunk is CR LF; there are no trailers.
            int next = newline + 1 + size + 2;
            if (next > end) {
                return null;
            }
            data.writeBytes(in, newline + 1, size);
            place = next;
            if (size == 0) {
                return new ChunkedBody(data, place - at);
            }
        }
    }

    private static int size(String line) {
        int extension = line.indexOf(';');
        String digits = extension < 0 ? line : line.substring(0, extension);
        return Integer.parseInt(digits.strip(), 16);
    }
}
