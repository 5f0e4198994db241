// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.LimitHit;
import io.sockeye.internal.limits.LimitCounters;
import io.sockeye.internal.limits.PublisherGates;
import io.sockeye.internal.transport.Loop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What has been broadcast and waits for the event loops of a server, in bytes by loop. Any thread. */
/* A publisher waits while some loop is over the bound. An event loop cannot wait, so for those, and where waiting did not help, a
 * broadcast is dropped once there is twice as much. It is dropped as a whole, ahead of the recovery log, so that no client is left
 * with an offset behind a gap.
 */
final class LoopBacklog {
    /** What a task costs beside its packet, roughly. */
    private static final int TASK_BYTES = 256;

    private final long bound;
    private final PublisherGates gates;
    private final LimitCounters counters;
    private final AtomicLong[] bytes;
    /** Loops that are over the bound. */
    private final AtomicInteger over = new AtomicInteger();
    /** Loops that are over twice the bound. */
    private final AtomicInteger farOver = new AtomicInteger();

    LoopBacklog(List<Loop> loops, long bound, PublisherGates gates, LimitCounters counters) {
        this.bound = bound;
        this.gates = gates;
        this.counters = counters;
        this.bytes = new AtomicLong[loops.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = new AtomicLong();
        }
    }

    /** Waits while too much waits for some loop; false if what is to be broadcast must be dropped, which has been counted. */
    boolean admits() {
        if (over.get() == 0) {
            return true;
        }
        gates.await(() -> over.get() == 0);
        boolean admitted = farOver.get() == 0;
        if (!admitted) {
            counters.count(LimitHit.BROADCAST_BACKLOG);
        }
        return admitted;
    }

    /** Waits until loops have taken most of what waits for them, so that clients that are behind become known. */
    void awaitLoops() {
        gates.await(this::isNearlyEmpty);
    }

    private boolean isNearlyEmpty() {
        for (AtomicLong waiting : bytes) {
            if (waiting.get() > gates.ahead()) {
                return false;
            }
        }
        return true;
    }

    /** Runs a task on a loop, now if this is its thread, and counts it while it waits. */
    void run(Loop loop, int size, Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            execute(loop, size, task);
        }
    }

    /** Runs a task on a loop, later, and counts it while it waits. */
    void execute(Loop loop, int size, Runnable task) {
        int cost = TASK_BYTES + size;
        AtomicLong waiting = bytes[loop.index()];
        long after = waiting.addAndGet(cost);
        crossed(after - cost, after, 1);
        loop.execute(() -> {
            long left = waiting.addAndGet(-cost);
            crossed(left, left + cost, -1);
            task.run();
        });
    }

    private void crossed(long lower, long higher, int change) {
        if (lower <= bound && higher > bound) {
            over.addAndGet(change);
        }
        if (lower <= 2 * bound && higher > 2 * bound) {
            farOver.addAndGet(change);
        }
    }
}
