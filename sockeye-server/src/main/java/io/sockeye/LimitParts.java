// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.internal.core.CoreBounds;
import io.sockeye.internal.core.RecoverySettings;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.limits.LimitCounters;
import io.sockeye.internal.limits.MemoryLedger;
import io.sockeye.internal.limits.PublisherGates;
import io.sockeye.internal.limits.RateGuard;
import io.sockeye.internal.outbox.OutboxBounds;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.transport.Loop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of one server that keep clients within bounds. */
record LimitParts(
        LimitCounters hits,
        MemoryLedger ledger,
        OutboxCounters counters,
        RateGuard rates,
        PublisherGates gates,
        OutboxBounds outbox,
        SerialQueue.Bounds mailbox,
        CoreBounds sockets) {
    /** Messages of the largest size that may wait for a handler. */
    private static final int MAILBOX_MESSAGES = 4;

    /** What a packet holds on its way to a loop, at least. */
    private static final long PACKET_BYTES = 256;

    static MemoryLedger ledger(SockeyeBuilder options, @Nullable RecoverySettings recovery) {
        return new MemoryLedger(
                options.maxWaitingBytes,
                recovery == null ? () -> 0 : () -> recovery.bytes().get());
    }

    static LimitParts of(SockeyeBuilder options, List<Loop> loops, MemoryLedger ledger) {
        LimitCounters hits = new LimitCounters();
        PublisherGates gates = new PublisherGates(
                () -> loops.stream().anyMatch(Loop::inLoop),
                Math.min(options.outboxBytes / 2, options.outboxPackets * PACKET_BYTES / 2),
                hits,
                options.slowConsumerPolicy == SlowConsumerPolicy.PAUSE_PUBLISHER);
        return new LimitParts(
                hits,
                ledger,
                new OutboxCounters(hits, ledger),
                new RateGuard(options.rateLimits, loops.get(0), System::nanoTime, hits),
                gates,
                new OutboxBounds(options.outboxBytes, options.outboxPackets, options.slowConsumerPolicy, gates.whole()),
                new SerialQueue.Bounds(
                        options.mailboxCapacity,
                        MAILBOX_MESSAGES * (long) options.maxHttpBufferSize,
                        change -> ledger.add(MemoryLedger.Kind.MAILBOXES, change)),
                new CoreBounds(options.maxRoomsPerSocket, options.maxRoomNameLength, options.maxPendingRequests));
    }
}
