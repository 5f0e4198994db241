// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import java.util.concurrent.atomic.LongAdder;

/** What the bounds of outboxes led to since the server started. Any thread. */
public final class OutboxCounters {
    private final LongAdder droppedPackets = new LongAdder();
    private final LongAdder slowConsumers = new LongAdder();

    void packetDropped() {
        droppedPackets.increment();
    }

    void slowConsumerEnded() {
        slowConsumers.increment();
    }

    /** Packets that a client did not get because it was behind. */
    public long droppedPackets() {
        return droppedPackets.sum();
    }

    /** Connections closed because the client was behind. */
    public long slowConsumers() {
        return slowConsumers.sum();
    }
}
