// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.transport.Loop;
import io.sockeye.spi.BroadcastOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
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

    /** Moves of many sockets that some loop has yet to make: meanwhile the counts do not tell which loops are concerned. */
    private final AtomicInteger movesToCome = new AtomicInteger();

    private final RoomEvents events;
    private final LoopBacklog backlog;

    RoomIndex(List<Loop> loops, RoomEvents events, LoopBacklog backlog) {
        this.loops = loops;
        this.backlog = backlog;
        this.events = events;
        this.parts = new AtomicReferenceArray<>(loops.size());
    }

    /** The parts of the loops that have had sockets. */
    List<LoopRooms> all() {
        List<LoopRooms> all = new ArrayList<>(loops.size());
        for (int index = 0; index < parts.length(); index++) {
            LoopRooms part = parts.get(index);
            if (part != null) {
                all.add(part);
            }
        }
        return all;
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
     * @param bytes what the task holds in memory
     * @return on how many loops
     */
    int onLoops(BroadcastOptions options, NamespaceImpl namespace, int bytes, Consumer<LoopRooms> task) {
        int concerned = 0;
        for (Loop loop : loops) {
            LoopRooms rooms = parts.get(loop.index());
            if (rooms != null && concerns(options, loop, namespace)) {
                concerned++;
                backlog.run(loop, bytes, () -> task.accept(rooms));
            }
        }
        return concerned;
    }

    /** Runs a task on each loop that has sockets the options may choose, later even on this thread's loop. */
    void laterOnLoops(BroadcastOptions options, NamespaceImpl namespace, int bytes, Consumer<LoopRooms> task) {
        for (Loop loop : loops) {
            LoopRooms rooms = parts.get(loop.index());
            if (rooms != null && concerns(options, loop, namespace)) {
                backlog.execute(loop, bytes, () -> task.accept(rooms));
            }
        }
    }

    /** Runs a task that moves sockets in or out of rooms on each loop that has sockets the options may choose. */
    void moveOnLoops(BroadcastOptions options, NamespaceImpl namespace, Consumer<LoopRooms> move) {
        for (Loop loop : loops) {
            LoopRooms rooms = parts.get(loop.index());
            if (rooms != null && concerns(options, loop, namespace)) {
                movesToCome.incrementAndGet();
                loop.run(() -> {
                    try {
                        move.accept(rooms);
                    } finally {
                        movesToCome.decrementAndGet();
                    }
                });
            }
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
