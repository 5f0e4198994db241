// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.LimitHit;
import io.sockeye.internal.transport.Loop;
import io.sockeye.spi.BroadcastOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Whether one socket is connected, and which rooms it is in. Any thread. */
/* What is said here, under the lock, is the truth; the socket's loop follows, move by move. Join, leave and the end exclude each
 * other, so nothing is joined after the end.
 */
final class Membership {
    private static final AtomicIntegerFieldUpdater<Membership> MOVES =
            AtomicIntegerFieldUpdater.newUpdater(Membership.class, "moves");

    private final SocketImpl socket;

    /** Guarded by the socket's lock. Null until the first join. Kept after the end, for handlers that ask where the socket was. */
    private @Nullable Set<String> rooms;
    /** Written under the lock. */
    private volatile boolean connected;
    /** Written under the lock. */
    private volatile boolean endedByServer;

    /** Raised under the lock, lowered on the loop. Moves in or out of rooms that wait for the loop. */
    private volatile int moves;

    Membership(SocketImpl socket) {
        this.socket = socket;
    }

    private ReentrantLock locked() {
        ReentrantLock lock = socket.lock();
        lock.lock();
        return lock;
    }

    boolean connected() {
        return connected;
    }

    /** Whether the server ended the socket, so that what the client sent before is void. */
    boolean endedByServer() {
        return endedByServer;
    }

    void connect() {
        ReentrantLock lock = locked();
        try {
            connected = true;
        } finally {
            lock.unlock();
        }
    }

    void join(String... names) {
        for (String room : names) {
            requireUsable(room);
        }
        ReentrantLock lock = locked();
        try {
            for (String room : names) {
                if (connected
                        && !room.equals(socket.id())
                        && mayEnter(room)
                        && writableRooms().add(room)) {
                    socket.roomIndex().join(socket, room);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireUsable(String room) {
        int most = socket.bounds().roomNameLength();
        if (room.length() > most) {
            socket.count(LimitHit.ROOMS);
            throw new IllegalArgumentException(
                    "the name of a room may have " + most + " characters (maxRoomNameLength), got " + room.length());
        }
    }

    private boolean mayEnter(String room) {
        int most = socket.bounds().rooms();
        if (rooms != null && rooms.size() >= most && !rooms.contains(room)) {
            socket.count(LimitHit.ROOMS);
            throw new IllegalStateException("a socket may be in " + most + " rooms; raise maxRoomsPerSocket");
        }
        return true;
    }

    void leave(String... names) {
        ReentrantLock lock = locked();
        try {
            for (String room : names) {
                if (connected && writableRooms().remove(room)) {
                    socket.roomIndex().leave(socket, room);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Set<String> writableRooms() {
        if (rooms == null) {
            rooms = new HashSet<>(4);
        }
        return rooms;
    }

    /** The rooms that were joined. A copy. */
    Set<String> rooms() {
        ReentrantLock lock = locked();
        try {
            return rooms == null ? new HashSet<>() : new HashSet<>(rooms);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a broadcast is for this socket. */
    boolean isChosenBy(BroadcastOptions options) {
        ReentrantLock lock = locked();
        try {
            return connected && (options.rooms().isEmpty() || isInAny(options.rooms())) && !isInAny(options.except());
        } finally {
            lock.unlock();
        }
    }

    private boolean isInAny(List<String> names) {
        for (String name : names) {
            if (name.equals(socket.id()) || (rooms != null && rooms.contains(name))) {
                return true;
            }
        }
        return false;
    }

    /** Leaves all rooms for good; false if the socket is not connected. */
    boolean end(boolean byServer) {
        ReentrantLock lock = locked();
        try {
            if (!connected) {
                return false;
            }
            connected = false;
            endedByServer = byServer;
            if (rooms != null) {
                rooms.forEach(room -> socket.roomIndex().leave(socket, room));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Has the loop make a move that was made here. Under the lock. */
    /* The lock puts the moves into the loop's queue in the order they are made. The loop itself makes a move at once, since its next
     * broadcast comes at once too, and once more behind the moves that still wait, to have the last word.
     */
    void follow(Runnable move) {
        Loop loop = socket.loop();
        if (loop.inLoop()) {
            move.run();
            if (moves == 0) {
                return;
            }
        }
        MOVES.incrementAndGet(this);
        loop.execute(() -> {
            MOVES.decrementAndGet(this);
            move.run();
        });
    }
}
