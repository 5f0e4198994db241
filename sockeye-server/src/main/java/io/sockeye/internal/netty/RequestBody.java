// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.sockeye.internal.transport.HttpExchange.BodyListener;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of one request: nobody reads it yet, or it is collected up to a limit, or thrown away up to a bound. Loop only. */
final class RequestBody {
    /** The most bytes that are read and thrown away to keep a connection. */
    static final int MAX_DISCARDED_BYTES = 64 * 1024;

    private static final int FIRST_BYTES = 4096;
    private static final byte[] EMPTY = {};

    private final long expectedBytes;
    private @Nullable BodyListener listener;
    private byte[] collected = EMPTY;
    private int limit;
    private long received;
    private boolean asked;
    private boolean complete;

    /** @param expectedBytes the announced length, or {@link RequestHead#CHUNKED} */
    RequestBody(long expectedBytes) {
        this.expectedBytes = expectedBytes;
        this.complete = expectedBytes == 0;
    }

    boolean complete() {
        return complete;
    }

    boolean reading() {
        return listener != null;
    }

    long received() {
        return received;
    }

    /** Whether what is still to come is known to be so little that it can be thrown away. */
    boolean cheapToDiscard() {
        return complete || (expectedBytes >= 0 && expectedBytes - received <= MAX_DISCARDED_BYTES);
    }

    /**
     * Starts to collect.
     *
     * @return whether bytes are wanted; if not, the listener has been told already
     */
    boolean read(int maxBytes, BodyListener wanted) {
        if (asked) {
            throw new IllegalStateException("expected one call of readBody for a request, got a second");
        }
        asked = true;
        if (complete) {
            wanted.onBody(EMPTY);
            return false;
        }
        if (expectedBytes > maxBytes) {
            wanted.onTooLarge();
            return false;
        }
        limit = maxBytes;
        listener = wanted;
        return true;
    }

    /** Takes a part. Calls the listener if that was the last one, or one too many. */
    void add(ByteBuf part, boolean last) {
        int bytes = part.readableBytes();
        received += bytes;
        complete = last;
        BodyListener current = listener;
        if (current == null) {
            return;
        }
        if (received > limit) {
            end();
            current.onTooLarge();
            return;
        }
        append(part, bytes);
        if (last) {
            byte[] body = collected.length == received ? collected : Arrays.copyOf(collected, (int) received);
            end();
            current.onBody(body);
        }
    }

    private void append(ByteBuf part, int bytes) {
        int start = (int) received - bytes;
        int needed = (int) received;
        if (collected.length < needed) {
            // Grows with what came, not with what was announced.
            long most = expectedBytes >= 0 ? expectedBytes : limit;
            long wanted = Math.max(needed, Math.max(FIRST_BYTES, 2L * collected.length));
            collected = Arrays.copyOf(collected, (int) Math.max(needed, Math.min(wanted, most)));
        }
        part.readBytes(collected, start, bytes);
    }

    /** The rest will not come. */
    void abort() {
        BodyListener current = listener;
        if (current != null) {
            end();
            current.onAborted();
        }
    }

    private void end() {
        listener = null;
        collected = EMPTY;
    }
}
