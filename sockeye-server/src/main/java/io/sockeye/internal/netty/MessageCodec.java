// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.internal.transport.CloseCodes.INVALID_TEXT;
import static io.sockeye.internal.transport.CloseCodes.POLICY;
import static io.sockeye.internal.transport.CloseCodes.TOO_BIG;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and inflates the messages of all connections of one loop (RFC 7692, section 7.2), each message on its own. Loop
 * only, but for {@link #close}, which comes after the loop's end. Takes memory with the first message.
 */
final class MessageCodec implements AutoCloseable {
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int WINDOW = 32 * 1024;
    private static final int FIRST_BYTES = 512;
    private static final int MAX_KEPT_BYTES = 64 * 1024;

    /** Shorter messages do not become smaller. */
    private static final int MIN_BYTES = 16;

    /** A final block makes the inflater start anew with a copy of the window, which takes the sender two bytes. */
    private static final int MAX_FINAL_BLOCKS = 64;

    private @Nullable Inflater inflater;
    private @Nullable Deflater deflater;
    private byte[] compressed = {};
    private long compressions;
    private boolean closed;

    /**
     * Compresses a message. The result is in {@link #compressed} until the next call.
     *
     * @return the number of bytes, or -1 if the message would not become smaller
     */
    int compress(byte[] message, int level) {
        if (message.length < MIN_BYTES || closed) {
            return -1;
        }
        compressions++;
        if (compressed.length < message.length) {
            compressed = new byte[message.length];
        }
        Deflater current = deflater(level);
        current.setInput(message);
        int bytes = current.deflate(compressed, 0, message.length, Deflater.SYNC_FLUSH);
        current.reset();
        // A full buffer may lack the end of the stream.
        return bytes == message.length ? -1 : bytes - TAIL.length;
    }

    /** What the last compression made; longer than its result. */
    byte[] compressed() {
        return compressed;
    }

    /** Gives back what a large message took. */
    void trim() {
        if (compressed.length > MAX_KEPT_BYTES) {
            compressed = new byte[0];
        }
    }

    /** How many messages were compressed. */
    long compressions() {
        return compressions;
    }

    private Deflater deflater(int level) {
        Deflater current = deflater;
        if (current == null) {
            current = new Deflater(level, true);
            deflater = current;
        }
        current.setLevel(level);
        return current;
    }

    /**
     * Inflates a message.
     *
     * @param length the bytes of the array that are the message
     * @throws WebSocketViolation if they are not compressed data, or make more than the limit
     */
    byte[] inflate(byte[] data, int length, int maxBytes) {
        Inflater current = inflater;
        if (current == null) {
            current = new Inflater(true);
            inflater = current;
        }
        byte[] input = Arrays.copyOf(data, length + TAIL.length);
        System.arraycopy(TAIL, 0, input, length, TAIL.length);
        try {
            return inflate(current, input, maxBytes);
        } catch (DataFormatException e) {
            throw new WebSocketViolation(INVALID_TEXT, "a message is not compressed as agreed");
        } finally {
            current.reset();
        }
    }

    private static byte[] inflate(Inflater inflater, byte[] input, int maxBytes) throws DataFormatException {
        inflater.setInput(input);
        byte[] out = new byte[(int) Math.min(maxBytes + 1L, Math.max(FIRST_BYTES, 2L * input.length))];
        int filled = 0;
        int finals = 0;
        while (true) {
            int bytes = inflater.inflate(out, filled, out.length - filled);
            filled += bytes;
            if (filled > maxBytes) {
                throw new WebSocketViolation(TOO_BIG, "a message is larger than " + maxBytes + " bytes");
            }
            if (inflater.finished() && inflater.getRemaining() > TAIL.length) {
                refuseMoreThan(MAX_FINAL_BLOCKS, ++finals);
                goOn(inflater, input, out, filled);
            } else if (filled == out.length) {
                out = Arrays.copyOf(out, (int) Math.min(maxBytes + 1L, 2L * out.length));
            } else if (bytes == 0 || inflater.finished()) {
                return Arrays.copyOf(out, filled);
            }
        }
    }

    private static void refuseMoreThan(int most, int finals) {
        if (finals > most) {
            throw new WebSocketViolation(POLICY, "a message has too many final blocks");
        }
    }

    /** Takes the data behind a final block, which may refer to what was before it. */
    private static void goOn(Inflater inflater, byte[] input, byte[] out, int filled) {
        int rest = inflater.getRemaining();
        int window = Math.min(filled, WINDOW);
        inflater.reset();
        if (window > 0) {
            inflater.setDictionary(out, filled - window, window);
        }
        inflater.setInput(input, input.length - rest, rest);
    }

    @Override
    public void close() {
        closed = true;
        if (inflater != null) {
            inflater.end();
        }
        if (deflater != null) {
            deflater.end();
        }
    }

    boolean closed() {
        return closed;
    }
}
