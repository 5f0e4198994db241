// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.DisconnectReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What one loop has counted since it was made. Written on the loop only, read by any thread. */
/* One writer needs no atomic addition: an opaque store costs what a plain one does, and other threads see it in time. The numbers of
 * two loops are kept off each other's cache lines.
 */
public final class LoopCounters {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PADDING = 16;

    private final long[] values = new long[PADDING + Count.values().length + PADDING];
    private final Map<DisconnectReason, AtomicLong> closed = zeros();
    private final Map<DisconnectReason, AtomicLong> disconnected = zeros();

    /** What there is a number for. Those of what is there at the moment go down again. */
    public enum Count {
        /** Packets of Engine.IO that came. */
        PACKETS_IN(0),
        BYTES_IN(1),
        /** Packets of Engine.IO that were handed to a transport. */
        PACKETS_OUT(2),
        BYTES_OUT(3),
        /** Messages that came on plain WebSockets. */
        MESSAGES_IN(4),
        MESSAGE_BYTES_IN(5),
        MESSAGES_OUT(6),
        MESSAGE_BYTES_OUT(7),
        /** In outboxes, at the moment. */
        WAITING_PACKETS(8),
        /** Sessions, at the moment, by transport and version of Engine.IO. */
        POLLING_3(9),
        POLLING_4(10),
        WEBSOCKET_3(11),
        WEBSOCKET_4(12),
        UPGRADES(13),
        ABANDONED_UPGRADES(14);

        private final int place;

        Count(int place) {
            this.place = place;
        }
    }

    private static Map<DisconnectReason, AtomicLong> zeros() {
        Map<DisconnectReason, AtomicLong> zeros = new EnumMap<>(DisconnectReason.class);
        for (DisconnectReason reason : DisconnectReason.values()) {
            zeros.put(reason, new AtomicLong());
        }
        return zeros;
    }

    /** Adds to a number. Loop only. */
    public void add(Count what, long change) {
        int index = PADDING + what.place;
        VALUES.setOpaque(values, index, values[index] + change);
    }

    /** A number as it is. */
    public long get(Count what) {
        return (long) VALUES.getOpaque(values, PADDING + what.place);
    }

    /** A session has ended. Loop only. */
    public void closed(DisconnectReason reason) {
        number(closed, reason).incrementAndGet();
    }

    /** A socket has ended. Loop only. */
    public void disconnected(DisconnectReason reason) {
        number(disconnected, reason).incrementAndGet();
    }

    /** Sessions that ended for a reason. */
    public long closedFor(DisconnectReason reason) {
        return number(closed, reason).get();
    }

    /** Sockets that ended for a reason. */
    public long disconnectedFor(DisconnectReason reason) {
        return number(disconnected, reason).get();
    }

    private static AtomicLong number(Map<DisconnectReason, AtomicLong> numbers, DisconnectReason reason) {
        return Objects.requireNonNull(numbers.get(reason), "there is one for each");
    }
}
