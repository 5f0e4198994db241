// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.sockeye.internal.transport.HttpExchange.BodyListener;
import io.sockeye.internal.transport.IncomingBudget;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of one request: nobody reads it yet, or it is collected up to a limit, or thrown away up to a bound. Loop only. */
final class RequestBody {
    /** The most bytes that are read and thrown away to keep a connection. */
    static final int MAX_DISCARDED_BYTES = 64 * 1024;

    private static final int FIRST_BYTES = 4096;
    private static final byte[] EMPTY = {};

    private final long expectedBytes;
    private final IncomingBudget budget;
    private @Nullable BodyListener listener;
    private byte[] collected = EMPTY;
    /** What of the array the budget knows; arrays of {@link #FIRST_BYTES} do not count. */
    private int counted;

    private int limit;
    private long received;
    private boolean asked;
    private boolean complete;

    /**
     * @param expectedBytes the announced length, or {@link RequestHead#CHUNKED}
     * @param budget what bodies may hold until they are whole, of all connections together
     */
    RequestBody(long expectedBytes, IncomingBudget budget) {
        this.expectedBytes = expectedBytes;
        this.budget = budget;
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

    /**
     * Makes room for a part that comes next.
     *
     * @param last whether the body is whole with it, so that it waits for nothing
     * @return false if all connections together hold too much for it
     */
    boolean makeRoom(int bytes, boolean last) {
        long needed = received + bytes;
        if (listener == null || needed > limit || needed <= collected.length) {
            return true;
        }
        // Grows with what came, not with what was announced.
        long most = expectedBytes >= 0 ? expectedBytes : limit;
        long wanted = Math.max(FIRST_BYTES, 2L * collected.length);
        int size = (int) Math.max(needed, Math.min(wanted, most));
        if (!last && !count(size)) {
            return false;
        }
        collected = Arrays.copyOf(collected, size);
        return true;
    }

    private boolean count(int size) {
        if (size <= FIRST_BYTES) {
            return true;
        }
        if (!budget.take(size - counted, counted)) {
            return false;
        }
        counted = size;
        return true;
    }

    /** Takes a part that there is room for. Calls the listener if that was the last one, or one too many. */
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
        part.readBytes(collected, (int) received - bytes, bytes);
        if (last) {
            byte[] body = collected.length == received ? collected : Arrays.copyOf(collected, (int) received);
            end();
            current.onBody(body);
        }
    }

    /** The rest will not come. */
    void abort() {
        BodyListener current = listener;
        if (current != null) {
            end();
            current.onAborted();
        }
    }

    /** Holds nothing any more, and tells nobody. */
    void end() {
        listener = null;
        collected = EMPTY;
        if (counted > 0) {
            budget.release(counted);
            counted = 0;
        }
    }
}
