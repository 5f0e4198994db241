// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;

/** The connection that an outbox belongs to. */
public interface OutboxOwner {
    /** Whether packets are still taken. Any thread. */
    boolean isOpen();

    /** The loop of the connection. Any thread. */
    Loop loop();

    /** Any thread. */
    OutboxBounds outboxBounds();

    /** Any thread. */
    OutboxCounters outboxCounters();

    /** Whether a packet can be written now. Loop only. */
    boolean accepts(EncodedPacket packet);

    /** Writes a packet that was accepted. Loop only. */
    void write(EncodedPacket packet, boolean shared);

    /** The client is too slow: ends the connection at once. Loop only; never from within a delivery. */
    void endSlowConsumer();
}
