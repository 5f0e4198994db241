// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.Broadcast;
import io.sockeye.api.Namespace;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.util.Set;

/** Rooms and the ways to choose who gets a broadcast. */
public final class RoomsExample {
    record News(String room, String text) {}

    static final Request<String, Integer> JOIN = Request.of("join", String.class, Integer.class);
    static final Event<News> NEWS = Event.of("news", News.class);

    private RoomsExample() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        Namespace namespace = server.namespace("/");
        membership(namespace);
        choices(namespace);
        return server.start();
    }

    private static void membership(Namespace namespace) {
        // tag::membership[]
        namespace
                .on(JOIN, (socket, room) -> {
                    socket.join(room);
                    return socket.namespace().members(room);
                })
                .on("leave", String.class, (socket, room) -> socket.leave(room))
                .onDisconnect((socket, reason) -> {
                    Set<String> rooms = socket.rooms();
                    rooms.remove(socket.id());
                    rooms.forEach(room -> socket.to(room).emit("left", room, socket.id()));
                });
        // end::membership[]
    }

    private static void choices(Namespace namespace) {
        // tag::choices[]
        namespace.on(NEWS, (socket, news) -> {
            socket.to(news.room()).emit(NEWS, news); // the room, without the sender
        });
        namespace.on("shout", News.class, (socket, news) -> {
            namespace.to(news.room()).emit(NEWS, news); // the room, the sender too if it is in it
        });
        namespace.on("announce", String.class, (socket, text) -> {
            namespace.emit("announcement", text); // everyone in the namespace
            namespace.to("red", "blue").emit("colours", text); // members of either, each once
            namespace.to("red", "blue").except("quiet").emit("loud", text); // but nobody in quiet
            socket.broadcast().emit("others", text); // everyone but the sender
        });
        namespace.on("whisper", News.class, (socket, news) -> {
            namespace.to(news.room()).emit("whisper", news.text()); // a socket's id is a room
        });
        // end::choices[]
        // tag::kept[]
        Broadcast audience = namespace.except("quiet").droppable();
        namespace.on("tick", Integer.class, (socket, number) -> audience.emit("tick", number));
        // end::kept[]
    }

    public static void main(String[] args) {
        start(3000);
    }
}
