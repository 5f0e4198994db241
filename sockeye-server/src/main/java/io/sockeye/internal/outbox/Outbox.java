// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.api.LimitHit;
import io.sockeye.api.SendResult;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.internal.limits.PublisherGate;
import io.sockeye.internal.limits.WaitHint;
import io.sockeye.internal.transport.LoopCounters;
import io.sockeye.protocol.EncodedPacket;
import java.util.HashSet;
import java.util.Set;
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
public final class Outbox implements PublisherGate.Holder {
    private static final AtomicLongFieldUpdater<Outbox> UNSEEN_BYTES =
            AtomicLongFieldUpdater.newUpdater(Outbox.class, "unseenBytes");
    private static final AtomicIntegerFieldUpdater<Outbox> UNSEEN_PACKETS =
            AtomicIntegerFieldUpdater.newUpdater(Outbox.class, "unseenPackets");

    /** How many times the bounds may be on their way to the loop. */
    private static final int UNSEEN_FACTOR = 4;

    /**
     * How many times the bounds may wait where only essential packets, those of publishers that are to wait, or those that replaced
     * smaller ones, came on top.
     */
    private static final int BEYOND_FACTOR = 2;

    private final OutboxOwner owner;

    /** Sent by other threads, not yet seen by the loop. */
    private volatile long unseenBytes;

    private volatile int unseenPackets;

    /** Whether a packet was dropped that was not meant to be. */
    private volatile boolean lossy;

    /** Null while nothing waits, which is nearly always. Loop only. */
    private @Nullable PacketQueue queue;

    /** Where it holds publishers up; null for nowhere. Loop only. */
    private @Nullable Set<PublisherGate> held;

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
        PublisherGate gate = gate(packet);
        if (gate != null) {
            gate.await(() -> !owner.isOpen() || !isAhead(packet));
        }
        if (exceeds(UNSEEN_FACTOR, unseenPackets, unseenBytes, packet)) {
            return refuse(packet, droppable);
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

    /** Whether so much is on its way to the loop that a publisher that may be paused does better to wait for the loop. */
    private boolean isAhead(EncodedPacket packet) {
        return exceeds(1, 2 * unseenPackets, 2 * unseenBytes, packet);
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
        return droppable ? refuse(packet, true) : enqueue(packet);
    }

    private SendResult enqueue(EncodedPacket packet) {
        EncodedPacket before = waitingUnderKeyOf(packet);
        if (before != null && isTooLargeFor(before, packet)) {
            return refuse(packet, false);
        }
        if (before != null) {
            supersede(packet);
        }
        if (isFull(packet, 1) && policy(packet) != SlowConsumerPolicy.DROP_NEWEST) {
            dropOldestFor(packet);
        }
        if (isFull(packet, before == null ? factor(packet) : BEYOND_FACTOR)) {
            return refuse(packet, false);
        }
        add(packet);
        return SendResult.QUEUED;
    }

    private @Nullable EncodedPacket waitingUnderKeyOf(EncodedPacket packet) {
        String key = WaitHint.keyOf(packet);
        return key == null || queue == null ? null : queue.latest(key);
    }

    /** Whether the client keeps the value that waits, since nothing would make room for a later one: an old value is better than none. */
    private boolean isTooLargeFor(EncodedPacket before, EncodedPacket packet) {
        return queue != null
                && policy(packet) == SlowConsumerPolicy.DROP_NEWEST
                && exceeds(BEYOND_FACTOR, queue.size() - 1, queue.bytes() - before.bytes(), packet);
    }

    private void supersede(EncodedPacket packet) {
        String key = WaitHint.keyOf(packet);
        if (key != null && queue != null && queue.supersede(key)) {
            count(-1);
            owner.outboxCounters().count(LimitHit.REPLACED);
        }
    }

    /** Hands what waits to the transport, as far as it accepts. Whether nothing waits any more. Loop only. */
    public boolean drain() {
        while (queue != null) {
            EncodedPacket packet = queue.peek();
            if (packet != null && !owner.accepts(packet)) {
                return false;
            }
            takeOut(queue, packet);
            if (packet != null) {
                owner.write(packet, false);
            }
        }
        return true;
    }

    private void takeOut(PacketQueue waiting, @Nullable EncodedPacket packet) {
        if (packet != null) {
            waiting.remove();
            count(-1);
        }
        if (waiting.isEmpty()) {
            clear();
        } else if (isHalfEmpty(waiting)) {
            release();
        }
    }

    private boolean isHalfEmpty(PacketQueue waiting) {
        OutboxBounds bounds = owner.outboxBounds();
        return waiting.size() <= bounds.maxPackets() / 2 && waiting.bytes() <= bounds.maxBytes() / 2;
    }

    private void release() {
        if (held != null) {
            held.forEach(gate -> gate.open(this));
            held = null;
        }
    }

    /** Whether a packet was dropped that was not droppable: the client has a gap. Any thread. */
    public boolean lossy() {
        return lossy;
    }

    /** Whether nothing waits. Loop only. */
    public boolean isEmpty() {
        return queue == null;
    }

    /** Forgets all that waits. Loop only. */
    public void clear() {
        if (queue != null) {
            count(-queue.size());
            queue.close();
            queue = null;
        }
        release();
    }

    /** Bytes that wait. Loop only. */
    public long waitingBytes() {
        return queue == null ? 0 : queue.bytes();
    }

    private SlowConsumerPolicy policy(EncodedPacket packet) {
        WaitHint hint = WaitHint.of(packet);
        return hint == null || hint.policy() == null ? owner.outboxBounds().policy() : hint.policy();
    }

    private @Nullable PublisherGate gate(EncodedPacket packet) {
        WaitHint hint = WaitHint.of(packet);
        return hint == null || hint.policy() == null ? owner.outboxBounds().gate() : hint.gate();
    }

    /** How many times the bounds a packet may fill: publishers that are paused have some under way. */
    private int factor(EncodedPacket packet) {
        return packet.essential() || policy(packet) == SlowConsumerPolicy.PAUSE_PUBLISHER ? BEYOND_FACTOR : 1;
    }

    /** Whether the queue has no place for a packet. One packet has a place whatever its size. */
    private boolean isFull(EncodedPacket packet, int factor) {
        return queue != null && exceeds(factor, queue.size(), queue.bytes(), packet);
    }

    private boolean exceeds(int factor, int packets, long bytes, EncodedPacket more) {
        OutboxBounds bounds = owner.outboxBounds();
        return packets > 0
                && (packets >= (long) factor * bounds.maxPackets()
                        || bytes + more.bytes() > factor * bounds.maxBytes());
    }

    /** Drops the new packet, and the client with it where the policy says so. */
    private SendResult refuse(EncodedPacket packet, boolean droppable) {
        owner.outboxCounters().count(droppable ? LimitHit.DROPPED_DROPPABLE : LimitHit.DROPPED_NEWEST);
        if (!droppable) {
            lossy = true;
            if (mayNotDrop(packet)) {
                endLate();
            }
        }
        return SendResult.DROPPED;
    }

    private boolean mayNotDrop(EncodedPacket packet) {
        SlowConsumerPolicy policy = policy(packet);
        return policy == SlowConsumerPolicy.DISCONNECT || policy == SlowConsumerPolicy.PAUSE_PUBLISHER;
    }

    /** Ends the connection for what waits. Any thread. */
    /* In a later task, since the caller may be walking the members of a room. */
    @Override
    public void endLate() {
        owner.loop().execute(() -> end(LimitHit.SLOW_CONSUMER));
    }

    /** Ends the connection to make room for others. Any thread. */
    public void shed() {
        owner.loop().execute(() -> end(LimitHit.SHED));
    }

    private void end(LimitHit why) {
        if (owner.isOpen()) {
            owner.outboxCounters().count(why);
            owner.endSlowConsumer();
        }
    }

    /** Has packets go that may, for one that is not to be dropped itself, or whose policy is that the oldest go. */
    private void dropOldestFor(EncodedPacket packet) {
        if (queue == null) {
            return;
        }
        int factor = packet.essential() ? BEYOND_FACTOR : 1;
        int dropped = queue.dropOldest(this::mayGo, () -> !isFull(packet, factor));
        count(-dropped);
        for (int i = 0; i < dropped; i++) {
            lossy = true;
            owner.outboxCounters().count(LimitHit.DROPPED_OLDEST);
        }
    }

    private boolean mayGo(EncodedPacket packet) {
        return !packet.essential() && policy(packet) == SlowConsumerPolicy.DROP_OLDEST;
    }

    private void add(EncodedPacket packet) {
        boolean full = isFull(packet, 1);
        if (queue == null) {
            queue = new PacketQueue(owner.outboxCounters().ledger());
        }
        queue.add(packet);
        count(1);
        PublisherGate gate = gate(packet);
        if (full && gate != null) {
            hold(gate);
        }
    }

    private void hold(PublisherGate gate) {
        if (held == null) {
            held = new HashSet<>(2);
        }
        if (held.add(gate)) {
            gate.close(this);
        }
    }

    private void count(int packets) {
        owner.loop().counters().add(LoopCounters.Count.WAITING_PACKETS, packets);
    }
}
