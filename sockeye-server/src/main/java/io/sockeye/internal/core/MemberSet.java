// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A set of sockets by identity that is walked fast and allocates nothing while it does not grow. Event loop only. */
/* Open addressing with linear probing, at most half full. A removal shifts the rest of its run back, so that there are no
 * tombstones.
 *
 * The state of a connection is spread over some objects, each of which leads to the next, and a walk over thousands of connections
 * finds none of them in the cache. Looking at a few connections first has the processor fetch the objects of all of them at the same
 * time; that takes about a third off what a walk costs.
 */
final class MemberSet {
    private static final int SMALLEST = 4;

    /** Places that are looked at before the first of them is served. */
    private static final int LOOK_AHEAD = 16;

    private @Nullable SocketImpl[] table = new @Nullable SocketImpl[SMALLEST];
    private int size;

    /** Only here for {@link #lookAt} to have an effect: what has none is not compiled. */
    int ready;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a socket; no effect if it is there. */
    void add(SocketImpl socket) {
        if (2 * (size + 1) > table.length) {
            resize(table.length * 2);
        }
        int index = indexOf(socket);
        if (table[index] == null) {
            table[index] = socket;
            size++;
        }
    }

    /** Removes a socket; no effect if it is not there. */
    void remove(SocketImpl socket) {
        int hole = indexOf(socket);
        if (table[hole] == null) {
            return;
        }
        int mask = table.length - 1;
        int next = (hole + 1) & mask;
        for (SocketImpl moved = table[next]; moved != null; moved = table[next]) {
            int home = moved.hashCode() & mask;
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                table[hole] = moved;
                hole = next;
            }
            next = (next + 1) & mask;
        }
        table[hole] = null;
        size--;
        if (table.length > SMALLEST && 8 * size < table.length) {
            resize(table.length / 2);
        }
    }

    /** Calls the consumer with each socket. The set must not change meanwhile. */
    void forEach(Consumer<SocketImpl> consumer) {
        for (SocketImpl socket : table) {
            if (socket != null) {
                consumer.accept(socket);
            }
        }
    }

    /** Delivers an event to each socket that the walk has not met yet. The set must not change meanwhile. */
    void deliver(Outgoing outgoing, boolean droppable, long walk) {
        @Nullable SocketImpl[] places = table;
        for (int start = 0; start < places.length; start += LOOK_AHEAD) {
            int end = Math.min(start + LOOK_AHEAD, places.length);
            lookAt(places, start, end);
            for (int i = start; i < end; i++) {
                SocketImpl socket = places[i];
                if (socket != null && socket.meet(walk)) {
                    socket.deliver(outgoing, droppable);
                }
            }
        }
    }

    private void lookAt(@Nullable SocketImpl[] places, int start, int end) {
        for (int i = start; i < end; i++) {
            SocketImpl socket = places[i];
            if (socket != null && socket.looksReady()) {
                ready++;
            }
        }
    }

    /** Where the socket is, or the free place where it belongs. */
    private int indexOf(SocketImpl socket) {
        int mask = table.length - 1;
        int index = socket.hashCode() & mask;
        while (table[index] != null && table[index] != socket) {
            index = (index + 1) & mask;
        }
        return index;
    }

    private void resize(int capacity) {
        @Nullable SocketImpl[] before = table;
        table = new @Nullable SocketImpl[capacity];
        for (SocketImpl socket : before) {
            if (socket != null) {
                table[indexOf(socket)] = socket;
            }
        }
    }
}
