// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** WebSocket frames of a client, right and wrong ones. Stateless. */
final class Frames {
    static final int FIN = 0x80;
    static final int COMPRESSED = 0x40;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    private Frames() {}

    static byte[] text(String text) {
        return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] binary(byte[] payload) {
        return frame(FIN | BINARY, payload);
    }

    /** A masked frame; the mask is zero, which leaves the bytes as they are. */
    static byte[] frame(int first, byte[] payload) {
        byte[] head = head(first, payload.length);
        ByteBuffer frame = ByteBuffer.allocate(head.length + payload.length);
        return frame.put(head).put(payload).array();
    }

    /** The head of a masked frame that announces a length, whether it is right or not. */
    static byte[] head(int first, long length) {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
        if (length >= 0 && length < SHORT) {
            head.put((byte) (MASKED | length));
        } else if (length >= 0 && length < 1 << Short.SIZE) {
            head.put((byte) (MASKED | SHORT)).putShort((short) length);
        } else {
            head.put((byte) (MASKED | LONG)).putLong(length);
        }
        head.putInt(0);
        byte[] bytes = new byte[head.position()];
        head.flip().get(bytes);
        return bytes;
    }

    static byte[] unmasked(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + payload.length)
                .put((byte) (FIN | TEXT))
                .put((byte) payload.length)
                .put(payload)
                .array();
    }

    static byte[] close(int code) {
        return frame(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** The same bytes a number of times. */
    static byte[] repeated(byte[] bytes, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    /** A compressed text message: a beginning, then a letter very often. */
    static byte[] bomb(String beginning, long letters) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            byte[] chunk = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            compress(deflater, beginning.getBytes(StandardCharsets.US_ASCII), compressed);
            for (long left = letters; left > 0; left -= chunk.length) {
                compress(deflater, chunk, compressed);
            }
            byte[] bytes = compressed.toByteArray();
            // Without the four bytes of the last flush, as RFC 7692 has it.
            return frame(FIN | COMPRESSED | TEXT, Arrays.copyOf(bytes, bytes.length - 4));
        } finally {
            deflater.end();
        }
    }

    private static void compress(Deflater deflater, byte[] input, ByteArrayOutputStream output) {
        byte[] buffer = new byte[1 << 12];
        deflater.setInput(input);
        int count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        while (count > 0) {
            output.write(buffer, 0, count);
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        }
    }
}
