// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.transport.Loop;
import io.sockeye.spi.BroadcastOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

/**
 * The rooms of one namespace on this node. Any thread.
 *
 * <p>Which sockets are in a room is kept by each event loop for its own ({@link LoopRooms}); here is only how many there are on
 * each loop, so that a broadcast goes to the loops it concerns.
 */
final class RoomIndex {
    private final List<LoopRooms> loops;

    /** Members per loop, by room. A room without members is not there. */
    private final ConcurrentHashMap<String, AtomicIntegerArray> counts = new ConcurrentHashMap<>();

    /** Moves of many sockets that some loop has yet to make: meanwhile the counts do not tell which loops are concerned. */
    private final AtomicInteger movesToCome = new AtomicInteger();

    private final RoomEvents events;

    RoomIndex(List<Loop> loops, RoomEvents events) {
        this.events = events;
        this.loops = loops.stream().map(LoopRooms::new).toList();
    }

    /** What each loop keeps, by the index of the loop. */
    List<LoopRooms> all() {
        return loops;
    }

    LoopRooms on(Loop loop) {
        return loops.get(loop.index());
    }

    /** Counts a socket in and has its loop take it up. Under the socket's lock. */
    void join(SocketImpl socket, String room) {
        Loop loop = socket.loop();
        counts.compute(room, (name, count) -> {
            AtomicIntegerArray members = count == null ? new AtomicIntegerArray(loops.size()) : count;
            members.incrementAndGet(loop.index());
            events.joined(room, socket.id(), count == null);
            return members;
        });
        socket.membership().follow(() -> on(loop).enter(socket, room));
    }

    /** Counts a socket out and has its loop let go of it. Under the socket's lock. */
    void leave(SocketImpl socket, String room) {
        Loop loop = socket.loop();
        counts.computeIfPresent(room, (name, members) -> {
            members.decrementAndGet(loop.index());
            boolean empty = total(members) == 0;
            events.left(room, socket.id(), empty);
            return empty ? null : members;
        });
        socket.membership().follow(() -> on(loop).exit(socket, room));
    }

    int members(String room) {
        AtomicIntegerArray members = counts.get(room);
        return members == null ? 0 : total(members);
    }

    /** The rooms that have members. A copy. */
    Set<String> names() {
        return new HashSet<>(counts.keySet());
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

    /**
     * Runs a task on each loop that has sockets the options may choose: now if it is this thread's loop, else later.
     *
     * @return on how many loops
     */
    int onLoops(BroadcastOptions options, NamespaceImpl namespace, Consumer<LoopRooms> task) {
        int concerned = 0;
        for (LoopRooms rooms : loops) {
            Loop loop = rooms.loop();
            if (concerns(options, loop, namespace)) {
                concerned++;
                loop.run(() -> task.accept(rooms));
            }
        }
        return concerned;
    }

    /** Runs a task that moves sockets in or out of rooms on each loop that has sockets the options may choose. */
    void moveOnLoops(BroadcastOptions options, NamespaceImpl namespace, Consumer<LoopRooms> move) {
        movesToCome.incrementAndGet();
        List<LoopRooms> concerned = loops.stream()
                .filter(rooms -> concerns(options, rooms.loop(), namespace))
                .toList();
        movesToCome.addAndGet(concerned.size() - 1);
        for (LoopRooms rooms : concerned) {
            rooms.loop().run(() -> {
                try {
                    move.accept(rooms);
                } finally {
                    movesToCome.decrementAndGet();
                }
            });
        }
    }

    private boolean concerns(BroadcastOptions options, Loop loop, NamespaceImpl namespace) {
        if (options.rooms().isEmpty() || movesToCome.get() > 0) {
            return true;
        }
        for (String room : options.rooms()) {
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
