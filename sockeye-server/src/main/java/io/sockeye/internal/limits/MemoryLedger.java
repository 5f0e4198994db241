// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.MemoryUse;
import io.sockeye.internal.transport.IncomingBudget;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What all that waits in the server holds, and what is done when it is too much. Any thread. */
/* Whoever holds bytes reports changes of some kilobytes, not each packet, so that what comes and goes at once costs nothing here. */
public final class MemoryLedger implements IncomingBudget {
    /** Where bytes wait. */
    public enum Kind {
        /** Packets that clients do not take. */
        OUTBOXES,
        /** Events that wait for handlers. */
        MAILBOXES,
        /** Parts of messages, events without all of their attachments, bodies of requests until they are taken or handled. */
        INCOMING
    }

    /** Kept free once something was shed, as a part of the limit. */
    private static final int HEADROOM = 10;

    /* Anybody can send parts of messages, and they are not shed. So incoming data has no more than a share: the last quarter is left to
     * packets, events and new sessions, and the one before it to messages of a common size, with which few connections fill nothing. */

    /** What a small message holds: it is one of up to 64 KiB, in an array of up to twice of what has come. */
    private static final int SMALL_BYTES = 2 * 64 * 1024;

    /** Quarters of the limit that all incoming data may hold for one more part of a small message. */
    private static final int SHARE_OF_SMALL = 3;

    /** Quarters of the limit that all incoming data may hold for one more part of a larger message. */
    private static final int SHARE_OF_LARGE = 2;

    private final long limit;
    private final LongSupplier recovery;
    private final Map<Kind, LongAdder> bytes = new EnumMap<>(Kind.class);
    private final AtomicBoolean shedding = new AtomicBoolean();
    private volatile Runnable shed = () -> {};

    /**
     * @param limit bytes of all kinds together
     * @param recovery tells the bytes that are kept for clients that may come back
     */
    public MemoryLedger(long limit, LongSupplier recovery) {
        this.limit = limit;
        this.recovery = recovery;
        for (Kind kind : Kind.values()) {
            bytes.put(kind, new LongAdder());
        }
    }

    /** One without a limit. */
    public static MemoryLedger unlimited() {
        return new MemoryLedger(Long.MAX_VALUE, () -> 0);
    }

    /** Sets what makes room; it calls {@link #shed} when it has. */
    public void onExceeded(Runnable task) {
        shed = task;
    }

    /** Adds to what is held, or takes from it. */
    public void add(Kind kind, long change) {
        adder(kind).add(change);
        if (change > 0) {
            isFull();
        }
    }

    @Override
    public boolean take(int more, int held) {
        // Only what others hold counts: whoever is alone may hold a message that is larger than the share.
        int quarters = (long) held + more <= SMALL_BYTES ? SHARE_OF_SMALL : SHARE_OF_LARGE;
        if (isFull() || sum(Kind.INCOMING) - held > limit / 4 * quarters) {
            return false;
        }
        add(Kind.INCOMING, more);
        return true;
    }

    @Override
    public void release(int size) {
        add(Kind.INCOMING, -size);
    }

    private LongAdder adder(Kind kind) {
        LongAdder adder = bytes.get(kind);
        if (adder == null) {
            throw new IllegalStateException("expected an adder for each kind, found none for " + kind);
        }
        return adder;
    }

    private long sum(Kind kind) {
        return Math.max(0, adder(kind).sum());
    }

    private long total() {
        return sum(Kind.OUTBOXES) + sum(Kind.MAILBOXES) + sum(Kind.INCOMING) + recovery.getAsLong();
    }

    /** Whether there is no room for more; if so, room is being made. */
    public boolean isFull() {
        boolean full = total() > limit;
        if (full && shedding.compareAndSet(false, true)) {
            shed.run();
        }
        return full;
    }

    /** Bytes that must go before there is room again; none or less if there is. */
    public long excess() {
        return total() - (limit - limit / HEADROOM);
    }

    /** Bytes of outboxes above the part of the limit that is always left to them. */
    public long beyondReserve() {
        return sum(Kind.OUTBOXES) - limit / HEADROOM;
    }

    /** Room has been made, as far as it can be. */
    public void shed() {
        shedding.set(false);
    }

    /** What is held. */
    public MemoryUse use() {
        return new MemoryUse(sum(Kind.OUTBOXES), sum(Kind.MAILBOXES), sum(Kind.INCOMING), recovery.getAsLong(), limit);
    }
}
