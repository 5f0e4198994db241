// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.transport.Loop;
import io.sockeye.spi.BroadcastOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sockets of one namespace on one event loop, and which of them are in which room. That loop only. */
/* A walk marks sockets with the number of the broadcast: those of the excepted rooms first, then each as it is served. That
 * serves every socket once, without a set. Nothing that a delivery does changes membership before the walk has ended: whoever
 * wants to close a session from there does it in a later task.
 */
final class LoopRooms {
    private final Loop loop;
    private final MemberSet all = new MemberSet();
    private final Map<String, MemberSet> rooms = new HashMap<>();
    private long walk;

    LoopRooms(Loop loop) {
        this.loop = loop;
    }

    Loop loop() {
        return loop;
    }

    void add(SocketImpl socket) {
        loop.assertInLoop();
        all.add(socket);
    }

    void remove(SocketImpl socket) {
        loop.assertInLoop();
        all.remove(socket);
    }

    /** Takes a socket into a room. */
    void enter(SocketImpl socket, String room) {
        loop.assertInLoop();
        MemberSet members = rooms.get(room);
        if (members == null) {
            members = new MemberSet();
            rooms.put(room, members);
        }
        members.add(socket);
    }

    /** Lets a socket out of a room. */
    void exit(SocketImpl socket, String room) {
        loop.assertInLoop();
        MemberSet members = rooms.get(room);
        if (members != null) {
            members.remove(socket);
            if (members.isEmpty()) {
                rooms.remove(room);
            }
        }
    }

    /** Delivers an event to each socket of this loop that the options choose. */
    /* As forEachChosen does, without a call of an unknown task for each socket: this is where a broadcast spends its time. */
    void deliver(BroadcastOptions options, NamespaceImpl namespace, Outgoing outgoing, boolean droppable) {
        loop.assertInLoop();
        long number = ++walk;
        mark(options.except(), namespace, number);
        List<String> names = options.rooms();
        if (names.isEmpty()) {
            all.deliver(outgoing, droppable, number);
        }
        for (int i = 0; i < names.size(); i++) {
            MemberSet members = rooms.get(names.get(i));
            if (members != null) {
                members.deliver(outgoing, droppable, number);
            }
            SocketImpl single = ownRoom(names.get(i), namespace);
            if (single != null && single.meet(number)) {
                single.deliver(outgoing, droppable);
            }
        }
    }

    /** Calls a task with each socket of this loop that the options choose. It must not change who is in which room. */
    void forEachChosen(BroadcastOptions options, NamespaceImpl namespace, Consumer<SocketImpl> task) {
        loop.assertInLoop();
        long number = ++walk;
        mark(options.except(), namespace, number);
        Consumer<SocketImpl> once = socket -> {
            if (socket.meet(number)) {
                task.accept(socket);
            }
        };
        if (options.rooms().isEmpty()) {
            all.forEach(once);
        }
        for (String room : options.rooms()) {
            MemberSet members = rooms.get(room);
            if (members != null) {
                members.forEach(once);
            }
            SocketImpl single = ownRoom(room, namespace);
            if (single != null) {
                once.accept(single);
            }
        }
    }

    /** The sockets of this loop that the options choose. */
    List<SocketImpl> chosen(BroadcastOptions options, NamespaceImpl namespace) {
        List<SocketImpl> chosen = new ArrayList<>();
        forEachChosen(options, namespace, chosen::add);
        return chosen;
    }

    private void mark(List<String> except, NamespaceImpl namespace, long number) {
        for (String room : except) {
            MemberSet members = rooms.get(room);
            if (members != null) {
                members.forEach(socket -> socket.meet(number));
            }
            SocketImpl single = ownRoom(room, namespace);
            if (single != null) {
                single.meet(number);
            }
        }
    }

    /** The socket of this loop whose id is the name of the room. */
    private @Nullable SocketImpl ownRoom(String room, NamespaceImpl namespace) {
        SocketImpl socket = namespace.find(room);
        return socket != null && socket.loop() == loop ? socket : null;
    }
}
