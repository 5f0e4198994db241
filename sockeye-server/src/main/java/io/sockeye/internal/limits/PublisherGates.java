// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The gates of one server. Any thread. */
public final class PublisherGates {
    /** For how long a client may hold publishers up. */
    private static final long LONGEST_MILLIS = 10_000;

    private final BooleanSupplier onLoop;
    private final long ahead;
    private final LimitCounters counters;
    private final PublisherGate waiting;
    private final @Nullable PublisherGate whole;

    /**
     * @param onLoop whether the calling thread is an event loop
     * @param ahead bytes that may be on their way to a loop before publishers that may be paused wait for it
     * @param everywhere whether publishers wait for all that has no policy of its own
     */
    public PublisherGates(BooleanSupplier onLoop, long ahead, LimitCounters counters, boolean everywhere) {
        this.onLoop = onLoop;
        this.ahead = ahead;
        this.counters = counters;
        this.waiting = another();
        this.whole = everywhere ? another() : null;
    }

    /** Bytes that may be on their way to a loop before publishers that may be paused wait for it. */
    public long ahead() {
        return ahead;
    }

    /** A gate for a part of what is published. */
    public PublisherGate another() {
        return new PublisherGate(onLoop, LONGEST_MILLIS, counters);
    }

    /** Waits until something is so, for as long as a client may hold publishers up; does not wait on an event loop. */
    public void await(BooleanSupplier condition) {
        waiting.await(condition);
    }

    /** The gate for what has no policy of its own; null if that does not pause. */
    public @Nullable PublisherGate whole() {
        return whole;
    }
}
