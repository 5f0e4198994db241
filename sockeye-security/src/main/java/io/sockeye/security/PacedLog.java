// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps a line out of the log that was written a short time ago. Any thread. */
final class PacedLog {
    private final long interval;
    /** When the next line may be written, in the time of {@link System#nanoTime}. */
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    PacedLog(Duration interval) {
        this.interval = interval.toNanos();
    }

    /** Whether the line may be written now; true counts as written. */
    boolean mayLog() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + interval);
    }
}
