// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.LimitHit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where those who publish wait for clients that are behind. Any thread, but for event loops, which never wait. */
/* An outbox that is full closes the gate and opens it again at half, or when its connection ends. A publisher waits no longer than
 * a client may hold it up; then the clients that have been full for so long are ended.
 */
public final class PublisherGate {
    private static final long LOOK_NANOS = 200_000;

    private final BooleanSupplier onLoop;
    private final long longestNanos;
    private final LimitCounters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Guarded by lock. Who holds it closed, since when. */
    private final Map<Holder, Long> holders = new LinkedHashMap<>();
    /** Written under the lock. Whether anybody holds it closed. */
    private volatile boolean closed;

    /** A client that is behind. */
    public interface Holder {
        /** It has been behind for too long. Any thread. */
        void endLate();
    }

    /**
     * A gate that is open.
     *
     * @param onLoop whether the calling thread is an event loop
     * @param longestMillis for how long one client may hold the gate closed
     */
    public PublisherGate(BooleanSupplier onLoop, long longestMillis, LimitCounters counters) {
        this.onLoop = onLoop;
        this.longestNanos = TimeUnit.MILLISECONDS.toNanos(longestMillis);
        this.counters = counters;
    }

    /** A client is full. */
    public void close(Holder holder) {
        change(() -> holders.putIfAbsent(holder, System.nanoTime()));
    }

    /** A client has room again, or is gone. */
    public void open(Holder holder) {
        change(() -> holders.remove(holder));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            closed = !holders.isEmpty();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is so, for as long as a client may take; does not wait on an event loop. Whether it is so. */
    public boolean await(BooleanSupplier condition) {
        long start = System.nanoTime();
        boolean met = condition.getAsBoolean();
        while (!met
                && !onLoop.getAsBoolean()
                && !Thread.currentThread().isInterrupted()
                && System.nanoTime() - start < longestNanos) {
            LockSupport.parkNanos(LOOK_NANOS);
            met = condition.getAsBoolean();
        }
        return met;
    }

    /** Waits until no client is full, and has those ended that have been for too long. Does not wait on an event loop. */
    public void await() {
        if (!closed || onLoop.getAsBoolean()) {
            return;
        }
        counters.count(LimitHit.PUBLISHER_PAUSED);
        for (Holder late : awaitOrFindLate()) {
            late.endLate();
        }
    }

    private List<Holder> awaitOrFindLate() {
        List<Holder> late = new ArrayList<>();
        lock.lock();
        try {
            while (!holders.isEmpty() && late.isEmpty()) {
                long now = System.nanoTime();
                long since = holders.values().iterator().next();
                long left = longestNanos - (now - since);
                if (left > 0) {
                    changed.awaitNanos(left);
                } else {
                    holders.forEach((holder, start) -> {
                        if (now - start >= longestNanos) {
                            late.add(holder);
                        }
                    });
                    holders.keySet().removeAll(late);
                    closed = !holders.isEmpty();
                    changed.signalAll();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return late;
    }
}
