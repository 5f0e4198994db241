// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.internal.engine.EngineOptions.OutboxBounds;
import io.sockeye.protocol.EncodedPacket;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The packets that wait for one client, counted and bounded. The counts: any thread. The queue: the session's loop only.
 *
 * <p>A packet is counted from the moment it is offered, by whatever thread, until it is handed to the transport, so that packets
 * on their way to the loop count too.
 */
final class Outbox {
    private static final AtomicLongFieldUpdater<Outbox> BYTES =
            AtomicLongFieldUpdater.newUpdater(Outbox.class, "bytes");
    private static final AtomicIntegerFieldUpdater<Outbox> PACKETS =
            AtomicIntegerFieldUpdater.newUpdater(Outbox.class, "packets");

    private volatile long bytes;
    private volatile int packets;

    /** Null while nothing waits, which is nearly always. Loop only. */
    private @Nullable ArrayDeque<EncodedPacket> queue;

    /** Counts a packet that is offered. Any thread. */
    void count(EncodedPacket packet) {
        BYTES.addAndGet(this, packet.bytes());
        PACKETS.incrementAndGet(this);
    }

    /** Counts a packet that has left, or was dropped. Any thread. */
    void uncount(EncodedPacket packet) {
        BYTES.addAndGet(this, -packet.bytes());
        PACKETS.decrementAndGet(this);
    }

    /** Whether one more packet would pass the bounds. Any thread. */
    boolean full(EncodedPacket packet, OutboxBounds bounds) {
        int waiting = packets;
        return waiting > 0 && (waiting >= bounds.maxPackets() || bytes + packet.bytes() > bounds.maxBytes());
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return queue == null;
    }

    /** Appends a counted packet. Loop only. */
    void add(EncodedPacket packet) {
        ArrayDeque<EncodedPacket> waiting = queue;
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
            queue = waiting;
        }
        waiting.add(packet);
    }

    /** The packet that waits longest, or null. Loop only. */
    @Nullable EncodedPacket peek() {
        return queue == null ? null : queue.peek();
    }

    /** Takes the packet that waits longest and uncounts it. Loop only. */
    @Nullable EncodedPacket poll() {
        if (queue == null) {
            return null;
        }
        EncodedPacket packet = queue.poll();
        if (packet != null) {
            uncount(packet);
        }
        if (queue.isEmpty()) {
            queue = null;
        }
        return packet;
    }

    /** Drops all that waits. Loop only. */
    void clear() {
        while (poll() != null) {
            // each packet is uncounted as it is taken
        }
    }
}
