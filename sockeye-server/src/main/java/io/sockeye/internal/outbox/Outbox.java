// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.api.SendResult;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.protocol.EncodedPacket;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The packets that wait for one client, counted and bounded. {@link #send} and the counts: any thread. All else: the loop of
 * the connection only.
 */
/* A packet is counted from the moment it is offered by a foreign thread, or put into the queue, until it is handed to the
 * transport; what is on its way to the loop counts too. A packet that the transport takes at once costs no count and no queue.
 */
public final class Outbox {
    private static final AtomicLongFieldUpdater<Outbox> BYTES =
            AtomicLongFieldUpdater.newUpdater(Outbox.class, "bytes");
    private static final AtomicIntegerFieldUpdater<Outbox> PACKETS =
            AtomicIntegerFieldUpdater.newUpdater(Outbox.class, "packets");

    private final OutboxOwner owner;

    private volatile long bytes;
    private volatile int packets;

    /** Null while nothing waits, which is nearly always. Loop only. */
    private @Nullable ArrayDeque<EncodedPacket> queue;

    public Outbox(OutboxOwner owner) {
        this.owner = owner;
    }

    /**
     * Sends a packet. Packets of one thread leave in the order it gave them.
     *
     * @param droppable whether to drop it if the client cannot take it at once
     */
    public SendResult send(EncodedPacket packet, boolean droppable) {
        if (owner.loop().inLoop()) {
            return deliver(packet, droppable, false);
        }
        if (!owner.isOpen()) {
            return SendResult.CLOSED;
        }
        if (full(packet) && !makesRoom(packet, droppable)) {
            return SendResult.DROPPED;
        }
        count(packet);
        owner.loop().execute(() -> {
            uncount(packet);
            deliver(packet, droppable, false);
        });
        return SendResult.QUEUED;
    }

    /**
     * Sends a packet. Loop only.
     *
     * @param shared whether it is about to be sent to other connections of this loop too
     */
    public SendResult deliver(EncodedPacket packet, boolean droppable, boolean shared) {
        if (!owner.isOpen()) {
            return SendResult.CLOSED;
        }
        if (queue == null && owner.accepts(packet)) {
            owner.write(packet, shared);
            return SendResult.QUEUED;
        }
        if (droppable) {
            owner.outboxCounters().packetDropped();
            return SendResult.DROPPED;
        }
        if (full(packet) && !makesRoom(packet, false)) {
            return SendResult.DROPPED;
        }
        count(packet);
        add(packet);
        return SendResult.QUEUED;
    }

    /** Hands what waits to the transport, as far as it accepts. Whether nothing waits any more. */
    public boolean drain() {
        while (queue != null) {
            EncodedPacket packet = queue.peek();
            if (packet == null || !owner.accepts(packet)) {
                return false;
            }
            drop();
            owner.write(packet, false);
        }
        return true;
    }

    /** Forgets all that waits. */
    public void clear() {
        while (queue != null) {
            drop();
        }
    }

    private boolean full(EncodedPacket packet) {
        OutboxBounds bounds = owner.outboxBounds();
        int waiting = packets;
        return waiting > 0 && (waiting >= bounds.maxPackets() || bytes + packet.bytes() > bounds.maxBytes());
    }

    /** Applies the policy to an outbox that is full; whether the packet may be added all the same. Any thread. */
    private boolean makesRoom(EncodedPacket packet, boolean droppable) {
        SlowConsumerPolicy policy = owner.outboxBounds().policy();
        if (droppable || policy == SlowConsumerPolicy.DROP_NEWEST) {
            owner.outboxCounters().packetDropped();
            return false;
        }
        if (policy == SlowConsumerPolicy.DISCONNECT) {
            // In a later task, since the caller may be walking the members of a room.
            owner.loop().execute(this::endSlowConsumer);
            return false;
        }
        return dropsOldest(packet);
    }

    private void endSlowConsumer() {
        if (owner.isOpen()) {
            owner.outboxCounters().slowConsumerEnded();
            owner.endSlowConsumer();
        }
    }

    /** Foreign threads may go over the bounds by as much again: only the loop can drop, and does when the packet arrives. */
    private boolean dropsOldest(EncodedPacket packet) {
        if (owner.loop().inLoop()) {
            while (queue != null && full(packet)) {
                drop();
                owner.outboxCounters().packetDropped();
            }
            return true;
        }
        OutboxBounds bounds = owner.outboxBounds();
        boolean fits = bytes < 2 * bounds.maxBytes() && packets < 2L * bounds.maxPackets();
        if (!fits) {
            owner.outboxCounters().packetDropped();
        }
        return fits;
    }

    private void count(EncodedPacket packet) {
        BYTES.addAndGet(this, packet.bytes());
        PACKETS.incrementAndGet(this);
    }

    private void uncount(EncodedPacket packet) {
        BYTES.addAndGet(this, -packet.bytes());
        PACKETS.decrementAndGet(this);
    }

    private void add(EncodedPacket packet) {
        if (queue == null) {
            queue = new ArrayDeque<>(4);
        }
        queue.add(packet);
    }

    /** Takes the packet that waits longest out of the queue. */
    private void drop() {
        if (queue == null) {
            return;
        }
        EncodedPacket packet = queue.poll();
        if (packet != null) {
            uncount(packet);
        }
        if (queue.isEmpty()) {
            queue = null;
        }
    }
}
