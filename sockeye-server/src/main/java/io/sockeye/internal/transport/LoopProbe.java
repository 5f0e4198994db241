// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Measures how long a task waits for one loop. Any thread; costs nothing while nobody asks. */
public final class LoopProbe {
    private static final long NONE = Long.MIN_VALUE;

    private final Loop loop;
    private final LongSupplier nanoTime;

    /** When the task that waits was given to the loop, or {@link #NONE}. */
    private final AtomicLong asked = new AtomicLong(NONE);

    /** How long the last one waited. */
    private volatile long last;

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    public LoopProbe(Loop loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
    }

    public Loop loop() {
        return loop;
    }

    /**
     * Nanoseconds that a task waits: those of the last one, or of the one that waits now if that is more. Gives the loop another one for
     * the next call to tell of.
     */
    public long lag() {
        long since = asked.get();
        if (since == NONE) {
            send();
            return last;
        }
        return Math.max(last, nanoTime.getAsLong() - since);
    }

    private void send() {
        long now = nanoTime.getAsLong();
        if (asked.compareAndSet(NONE, now)) {
            loop.execute(() -> {
                last = nanoTime.getAsLong() - now;
                asked.set(NONE);
            });
        }
    }
}
