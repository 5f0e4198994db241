// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.internal.limits.MemoryLedger;
import io.sockeye.internal.limits.WaitHint;
import io.sockeye.protocol.EncodedPacket;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The packets that wait for one client, in order. The connection's loop only. */
/* A packet with a key is void once a later one with the same key is there. It stays where it is, since it may be far from both ends,
 * and is passed over; when half of all are void they are cleared away. What the queue holds is reported to the ledger in steps.
 */
final class PacketQueue {
    private static final int REPORTED_STEP = 4_096;
    private static final int TOLERATED_VOID = 16;

    private final MemoryLedger ledger;
    private final ArrayDeque<EncodedPacket> packets = new ArrayDeque<>(4);
    /** By key, the packet that counts. Null until there is a key. */
    private @Nullable Map<String, EncodedPacket> latest;

    private int voided;
    private long bytes;
    private long reported;

    PacketQueue(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    int size() {
        return packets.size() - voided;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    void add(EncodedPacket packet) {
        packets.add(packet);
        String key = WaitHint.keyOf(packet);
        if (key != null) {
            if (latest == null) {
                latest = new HashMap<>();
            }
            latest.put(key, packet);
        }
        bytes += packet.bytes();
        report();
    }

    /** The packet that waits under a key, or null. */
    @Nullable
    EncodedPacket latest(String key) {
        return latest == null ? null : latest.get(key);
    }

    /** Takes out the packet that a later one with its key replaces; false if there is none. */
    boolean supersede(String key) {
        EncodedPacket before = latest == null ? null : latest.remove(key);
        if (before == null) {
            return false;
        }
        voided++;
        bytes -= before.bytes();
        if (voided > TOLERATED_VOID && voided > packets.size() / 2) {
            packets.removeIf(this::isVoid);
            voided = 0;
        }
        return true;
    }

    private boolean isVoid(EncodedPacket packet) {
        String key = WaitHint.keyOf(packet);
        return key != null && (latest == null || latest.get(key) != packet);
    }

    /** The packet that waits longest, or null. */
    @Nullable
    EncodedPacket peek() {
        EncodedPacket first = packets.peek();
        while (first != null && isVoid(first)) {
            packets.remove();
            voided--;
            first = packets.peek();
        }
        return first;
    }

    /** Takes out the packet that was seen last by {@link #peek}. */
    void remove() {
        removed(packets.remove());
    }

    private void removed(EncodedPacket packet) {
        String key = WaitHint.keyOf(packet);
        if (key != null && latest != null) {
            latest.remove(key);
        }
        bytes -= packet.bytes();
        report();
    }

    /** Takes out the packets that may be dropped, those that wait longest first, for as long as there is to be more room. */
    int dropOldest(Predicate<EncodedPacket> mayGo, BooleanSupplier enough) {
        int dropped = 0;
        Iterator<EncodedPacket> oldestFirst = packets.iterator();
        while (oldestFirst.hasNext() && !enough.getAsBoolean()) {
            EncodedPacket oldest = oldestFirst.next();
            if (isVoid(oldest)) {
                oldestFirst.remove();
                voided--;
            } else if (mayGo.test(oldest)) {
                oldestFirst.remove();
                removed(oldest);
                dropped++;
            }
        }
        return dropped;
    }

    private void report() {
        long difference = bytes - reported;
        if (Math.abs(difference) >= REPORTED_STEP) {
            reported = bytes;
            ledger.add(MemoryLedger.Kind.OUTBOXES, difference);
        }
    }

    /** Nothing of it waits any more. */
    void close() {
        if (reported != 0) {
            ledger.add(MemoryLedger.Kind.OUTBOXES, -reported);
            reported = 0;
        }
    }
}
