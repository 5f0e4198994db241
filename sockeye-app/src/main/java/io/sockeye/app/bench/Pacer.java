// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.ClientLoop;
import java.util.function.LongConsumer;

/**
 * Does something at evenly spaced times, on one event loop. What could not be done in time is done late, with the time at
 * which it was due, and nothing is left out. Event loop only, but for {@link #stop}.
 */
final class Pacer implements Runnable {
    private static final int AT_ONCE = 256;

    private final ClientLoop loop;
    private final double intervalNanos;
    private final LongConsumer action;
    private final long startNanos;
    private long done;
    private volatile boolean stopped;

    /**
     * A pacer for one of several loops, which share the rate.
     *
     * @param action is given the time at which it was due, in nanoseconds of the run
     */
    Pacer(ClientLoop loop, int loops, double rate, LongConsumer action) {
        this.loop = loop;
        this.action = action;
        intervalNanos = 1e9 * loops / rate;
        startNanos = loop.nanos() + (long) (intervalNanos * loop.index() / loops);
    }

    @Override
    public void run() {
        if (stopped) {
            return;
        }
        long now = loop.nanos();
        long due = due();
        for (int i = 0; i < AT_ONCE && due <= now; i++) {
            action.accept(due);
            done++;
            due = due();
        }
        long left = due - loop.nanos();
        if (left <= 0) {
            // Let the loop read between two heaps of late operations.
            loop.later(this);
        } else {
            loop.schedule(this, left);
        }
    }

    /** Ends it. Any thread. */
    void stop() {
        stopped = true;
    }

    private long due() {
        return startNanos + (long) (done * intervalNanos);
    }
}
