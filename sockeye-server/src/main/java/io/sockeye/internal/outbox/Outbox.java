// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.api.SendResult;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.internal.transport.LoopCounters;
import io.sockeye.protocol.EncodedPacket;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The packets that wait for one client, counted and bounded. {@link #send}: any thread. All else: the connection's loop only. */
/* Two things are bounded. What waits in the queue, since the transport does not take it, tells a slow client: it is held against
 * the bounds as they are set. What other threads have sent and the loop has not seen yet says nothing about the client; it is
 * held against a few times the bounds, so that a thread that sends much at once does not cost a healthy client its connection.
 *
 * A packet that the transport takes at once costs no count and no queue.
 */
public final class Outbox {
    private static final AtomicLongFieldUpdater<Outbox> UNSEEN_BYTES =
            AtomicLongFieldUpdater.newUpdater(Outbox.class, "unseenBytes");
    private static final AtomicIntegerFieldUpdater<Outbox> UNSEEN_PACKETS =
            AtomicIntegerFieldUpdater.newUpdater(Outbox.class, "unseenPackets");

    /** How many times the bounds may be on their way to the loop. */
    private static final int UNSEEN_FACTOR = 4;

    /** How many times the bounds may wait where only essential packets came on top. */
    private static final int ESSENTIAL_FACTOR = 2;

    private final OutboxOwner owner;

    /** Sent by other threads, not yet seen by the loop. */
    private volatile long unseenBytes;

    private volatile int unseenPackets;

    /** Whether a packet was dropped that was not meant to be. */
    private volatile boolean lossy;

    /** Null while nothing waits, which is nearly always. Loop only. */
    private @Nullable ArrayDeque<EncodedPacket> queue;

    /** Loop only. */
    private long queuedBytes;

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
        if (exceeds(UNSEEN_FACTOR, unseenPackets, unseenBytes, packet)) {
            return refuse(droppable);
        }
        UNSEEN_BYTES.addAndGet(this, packet.bytes());
        UNSEEN_PACKETS.incrementAndGet(this);
        owner.loop().execute(() -> {
            UNSEEN_BYTES.addAndGet(this, -packet.bytes());
            UNSEEN_PACKETS.decrementAndGet(this);
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
        owner.loop().assertInLoop();
        if (!owner.isOpen()) {
            return SendResult.CLOSED;
        }
        if (queue == null && owner.accepts(packet)) {
            owner.write(packet, shared);
            return SendResult.QUEUED;
        }
        if (droppable) {
            return refuse(true);
        }
        if (isFull(packet) && owner.outboxBounds().policy() == SlowConsumerPolicy.DROP_OLDEST) {
            dropOldestFor(packet);
        }
        if (isFull(packet)) {
            return refuse(false);
        }
        add(packet);
        return SendResult.QUEUED;
    }

    /** Hands what waits to the transport, as far as it accepts. Whether nothing waits any more. Loop only. */
    public boolean drain() {
        while (queue != null) {
            EncodedPacket packet = queue.element();
            if (!owner.accepts(packet)) {
                return false;
            }
            queue.remove();
            removed(packet);
            owner.write(packet, false);
        }
        return true;
    }

    /** Whether a packet was dropped that was not droppable: the client has a gap. Any thread. */
    public boolean lossy() {
        return lossy;
    }

    /** Forgets all that waits. Loop only. */
    public void clear() {
        if (queue != null) {
            count(-queue.size(), -queuedBytes);
        }
        queue = null;
        queuedBytes = 0;
    }

    /** Whether the queue has no place for a packet. One packet has a place whatever its size. */
    private boolean isFull(EncodedPacket packet) {
        return queue != null && exceeds(packet.essential() ? ESSENTIAL_FACTOR : 1, queue.size(), queuedBytes, packet);
    }

    private boolean exceeds(int factor, int packets, long bytes, EncodedPacket more) {
        OutboxBounds bounds = owner.outboxBounds();
        return packets > 0
                && (packets >= (long) factor * bounds.maxPackets()
                        || bytes + more.bytes() > factor * bounds.maxBytes());
    }

    /** Drops the new packet, and the client with it where the policy says so. */
    private SendResult refuse(boolean droppable) {
        owner.outboxCounters().packetDropped();
        if (!droppable) {
            lossy = true;
        }
        if (!droppable && owner.outboxBounds().policy() == SlowConsumerPolicy.DISCONNECT) {
            // In a later task, since the caller may be walking the members of a room.
            owner.loop().execute(this::endSlowConsumer);
        }
        return SendResult.DROPPED;
    }

    private void endSlowConsumer() {
        if (owner.isOpen()) {
            owner.outboxCounters().slowConsumerEnded();
            owner.endSlowConsumer();
        }
    }

    private void dropOldestFor(EncodedPacket packet) {
        if (queue == null) {
            return;
        }
        Iterator<EncodedPacket> oldestFirst = queue.iterator();
        while (oldestFirst.hasNext() && isFull(packet)) {
            EncodedPacket oldest = oldestFirst.next();
            if (!oldest.essential()) {
                oldestFirst.remove();
                queuedBytes -= oldest.bytes();
                count(-1, -oldest.bytes());
                lossy = true;
                owner.outboxCounters().packetDropped();
            }
        }
    }

    private void add(EncodedPacket packet) {
        if (queue == null) {
            queue = new ArrayDeque<>(4);
        }
        queue.add(packet);
        queuedBytes += packet.bytes();
        count(1, packet.bytes());
    }

    private void removed(EncodedPacket packet) {
        queuedBytes -= packet.bytes();
        count(-1, -packet.bytes());
        if (queue != null && queue.isEmpty()) {
            queue = null;
        }
    }

    private void count(int packets, long bytes) {
        LoopCounters counters = owner.loop().counters();
        counters.add(LoopCounters.Count.WAITING_PACKETS, packets);
        counters.add(LoopCounters.Count.WAITING_BYTES, bytes);
    }
}
