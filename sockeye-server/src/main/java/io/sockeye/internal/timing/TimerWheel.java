// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.timing;

import io.sockeye.internal.transport.Loop;
import java.util.BitSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of one event loop: a hashed wheel of intrusive lists. Event loop only, but for its construction.
 *
 * <p>Scheduling and cancelling take constant time and allocate nothing. The loop is woken only for slots that hold something.
 */
/* A deadline in a later round stays in its slot and is looked at once a round: with 1,024 slots of 10 ms, a heartbeat of 25 s
 * costs three looks. Deadlines are rounded up to a tick, so nothing comes early, unless it is said that it had better not
 * come late: a client may come back in the very millisecond in which its time is over.
 */
public final class TimerWheel {
    private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);
    private static final int SLOTS = 1024;
    /** The list behind the slots, of what is about to be fired. */
    private static final int DUE = SLOTS;

    private static final long TICK_NANOS = 10_000_000;

    private final Loop loop;
    private final LongSupplier nanoClock;
    private final long startNanos;
    private final @Nullable Timed[] lists = new @Nullable Timed[SLOTS + 1];
    private final BitSet occupied = new BitSet(SLOTS);

    /** All ticks up to this one have been handled. */
    private long handledTick;

    /** The tick for which the loop will wake the wheel, or Long.MAX_VALUE. */
    private long wakeTick = Long.MAX_VALUE;

    public TimerWheel(Loop loop, LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
    }

    /** Sets or moves a deadline. It comes up to a tick late. */
    public void schedule(Timed timed, long delayMillis) {
        scheduleAt(timed, nanosAfter(delayMillis) + TICK_NANOS - 1);
    }

    /** Sets or moves a deadline. It comes up to a tick early. */
    public void scheduleBefore(Timed timed, long delayMillis) {
        scheduleAt(timed, nanosAfter(delayMillis));
    }

    private long nanosAfter(long delayMillis) {
        return nanoClock.getAsLong() - startNanos + delayMillis * 1_000_000;
    }

    private void scheduleAt(Timed timed, long nanos) {
        loop.assertInLoop();
        unlink(timed);
        timed.deadlineTick = Math.max(handledTick + 1, nanos / TICK_NANOS);
        int slot = slotOf(timed.deadlineTick);
        link(timed, slot);
        occupied.set(slot);
        wakeAt(timed.deadlineTick);
    }

    /** Forgets a deadline; no effect if there is none. */
    public void cancel(Timed timed) {
        loop.assertInLoop();
        unlink(timed);
    }

    private void link(Timed timed, int slot) {
        Timed head = lists[slot];
        timed.slot = slot;
        timed.next = head;
        if (head != null) {
            head.previous = timed;
        }
        lists[slot] = timed;
    }

    private void unlink(Timed timed) {
        if (timed.slot < 0) {
            return;
        }
        Timed previous = timed.previous;
        Timed next = timed.next;
        if (previous == null) {
            lists[timed.slot] = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        timed.previous = null;
        timed.next = null;
        timed.slot = -1;
    }

    private static int slotOf(long tick) {
        return (int) (tick & (SLOTS - 1));
    }

    private void wakeAt(long tick) {
        if (tick >= wakeTick) {
            return;
        }
        wakeTick = tick;
        long nanos = startNanos + tick * TICK_NANOS - nanoClock.getAsLong();
        loop.schedule(() -> wake(tick), Math.max(1, (nanos + 999_999) / 1_000_000));
    }

    private void wake(long tick) {
        if (tick != wakeTick) {
            return;
        }
        wakeTick = Long.MAX_VALUE;
        long now = (nanoClock.getAsLong() - startNanos) / TICK_NANOS;
        if (now < tick) {
            wakeAt(tick);
            return;
        }
        long first = Math.max(handledTick + 1, now - SLOTS + 1);
        handledTick = now;
        for (long due = first; due <= now; due++) {
            if (occupied.get(slotOf(due))) {
                fireSlot(slotOf(due), now);
            }
        }
        wakeForNextSlot();
    }

    /** Moves what is due in a slot to the list of the due, then fires that one by one: a call may schedule and cancel at will. */
    private void fireSlot(int slot, long now) {
        Timed timed = lists[slot];
        while (timed != null) {
            Timed next = timed.next;
            if (timed.deadlineTick <= now) {
                unlink(timed);
                link(timed, DUE);
            }
            timed = next;
        }
        if (lists[slot] == null) {
            occupied.clear(slot);
        }
        for (Timed due = lists[DUE]; due != null; due = lists[DUE]) {
            unlink(due);
            fire(due);
        }
    }

    private static void fire(Timed due) {
        try {
            due.onDeadline();
        } catch (RuntimeException | Error e) {
            LOG.error("a deadline could not be dealt with; the others go on", e);
        }
    }

    private void wakeForNextSlot() {
        if (occupied.isEmpty()) {
            return;
        }
        int from = slotOf(handledTick + 1);
        int slot = occupied.nextSetBit(from);
        long distance = slot >= 0 ? slot - from : SLOTS - from + occupied.nextSetBit(0);
        wakeAt(handledTick + 1 + distance);
    }
}
