// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.api.LimitHit;
import io.sockeye.internal.limits.LimitCounters;
import io.sockeye.internal.limits.MemoryLedger;

/** What the bounds of outboxes led to since the server started, and what waits in all of them. Any thread. */
public final class OutboxCounters {
    private final LimitCounters counters;
    private final MemoryLedger ledger;

    /** Counters of their own, without a limit for all outboxes together. */
    public OutboxCounters() {
        this(new LimitCounters(), MemoryLedger.unlimited());
    }

    public OutboxCounters(LimitCounters counters, MemoryLedger ledger) {
        this.counters = counters;
        this.ledger = ledger;
    }

    /** Counts a bound that was reached. */
    public void count(LimitHit hit) {
        counters.count(hit);
    }

    /** What waits in the whole server. */
    public MemoryLedger ledger() {
        return ledger;
    }

    /** Packets that a client did not get because it was behind. */
    public long droppedPackets() {
        return counters.of(LimitHit.DROPPED_NEWEST)
                + counters.of(LimitHit.DROPPED_OLDEST)
                + counters.of(LimitHit.DROPPED_DROPPABLE);
    }

    /** Connections closed because the client was behind. */
    public long slowConsumers() {
        return counters.of(LimitHit.SLOW_CONSUMER);
    }
}
