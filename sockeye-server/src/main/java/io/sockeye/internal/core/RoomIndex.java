// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one namespace on this node. Any thread.
 *
 * <p>Which sockets are in a room is kept by each event loop for its own ({@link LoopRooms}); here is only how many there are on
 * each loop, so that a broadcast goes to the loops it concerns.
 */
final class RoomIndex {
    private final List<Loop> loops;

    /** By index of the loop, each set by its loop with its first socket. */
    private final AtomicReferenceArray<@Nullable LoopRooms> parts;

    /** Members per loop, by room. A room without members is not there. */
    private final ConcurrentHashMap<String, AtomicIntegerArray> counts = new ConcurrentHashMap<>();

    RoomIndex(List<Loop> loops) {
        this.loops = loops;
        this.parts = new AtomicReferenceArray<>(loops.size());
    }

    /** The part of a loop. That loop only. */
    LoopRooms on(Loop loop) {
        LoopRooms part = parts.get(loop.index());
        if (part == null) {
            part = new LoopRooms(loop);
            parts.set(loop.index(), part);
        }
        return part;
    }

    /** Counts a socket in and has its loop take it up. Under the socket's lock. */
    void join(SocketImpl socket, String room) {
        Loop loop = socket.loop();
        counts.compute(room, (name, count) -> {
            AtomicIntegerArray members = count == null ? new AtomicIntegerArray(loops.size()) : count;
            members.incrementAndGet(loop.index());
            return members;
        });
        socket.membership().follow(() -> on(loop).enter(socket, room));
    }

    /** Counts a socket out and has its loop let go of it. Under the socket's lock. */
    void leave(SocketImpl socket, String room) {
        Loop loop = socket.loop();
        counts.computeIfPresent(room, (name, members) -> {
            members.decrementAndGet(loop.index());
            return total(members) == 0 ? null : members;
        });
        socket.membership().follow(() -> on(loop).exit(socket, room));
    }

    int members(String room) {
        AtomicIntegerArray members = counts.get(room);
        return members == null ? 0 : total(members);
    }

    /** How many rooms have members. */
    int rooms() {
        return counts.size();
    }

    private static int total(AtomicIntegerArray members) {
        int sum = 0;
        for (int i = 0; i < members.length(); i++) {
            sum += members.get(i);
        }
        return sum;
    }

    /** One task for each loop that has sockets a request may choose. */
    void broadcast(BroadcastRequest request, EncodedPacket packet, NamespaceImpl namespace) {
        for (Loop loop : loops) {
            LoopRooms rooms = parts.get(loop.index());
            if (rooms == null || !concerns(request, loop, namespace)) {
                continue;
            }
            if (loop.inLoop()) {
                rooms.deliver(request, packet, namespace);
            } else {
                loop.execute(() -> rooms.deliver(request, packet, namespace));
            }
        }
    }

    private boolean concerns(BroadcastRequest request, Loop loop, NamespaceImpl namespace) {
        if (request.rooms().isEmpty()) {
            return true;
        }
        for (String room : request.rooms()) {
            AtomicIntegerArray members = counts.get(room);
            SocketImpl single = namespace.find(room);
            boolean hasMembers = members != null && members.get(loop.index()) > 0;
            if (hasMembers || (single != null && single.loop() == loop)) {
                return true;
            }
        }
        return false;
    }
}
