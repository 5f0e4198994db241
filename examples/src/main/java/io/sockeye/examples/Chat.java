// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectRefused;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import org.jspecify.annotations.Nullable;

/** A chat with rooms and names. */
// tag::chat[]
public final class Chat {
    record User(String name) {}

    record Join(String room) {}

    record Joined(int members) {}

    record Say(String room, String text) {}

    record Said(String from, String text) {}

    static final Request<Join, Joined> JOIN = Request.of("join", Join.class, Joined.class);
    static final Event<Say> SAY = Event.of("say", Say.class);
    static final Event<Said> SAID = Event.of("said", Said.class);

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder()
                .port(port)
                .allowedOrigins("https://chat.example")
                .build();
        server.namespace("/chat")
                .use(handshake -> handshake.attach(User.class, verify(handshake.auth("token"))))
                .on(JOIN, (socket, join) -> {
                    socket.join(join.room());
                    return new Joined(socket.namespace().members(join.room()));
                })
                .on(SAY, (socket, say) -> {
                    String from = socket.get(User.class).name();
                    socket.to(say.room()).emit(SAID, new Said(from, say.text()));
                })
                .on("typing", String.class, (socket, room) -> {
                    socket.to(room).droppable().emit("typing", socket.id());
                })
                .onDisconnect((socket, reason) -> socket.broadcast().emit("left", socket.id()));
        return server.start();
    }

    /** Stands for the check of a token, which is yours. */
    static User verify(@Nullable String token) {
        if (token == null || token.isBlank()) {
            throw new ConnectRefused("Authentication error: Token missing");
        }
        return new User(token);
    }

    public static void main(String[] args) {
        start(3000);
    }
}
// end::chat[]
