// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Policy;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Who may connect, join, publish and send what, said in one place. */
public final class Authorisation {
    // tag::types[]
    record User(String name, Set<String> rooms, boolean admin) {}

    record Say(String room, String text) {}

    static final Event<Say> SAY = Event.of("say", Say.class);
    static final Request<String, String> DELETE = Request.of("delete", String.class, String.class);
    // end::types[]

    private static final Map<String, User> USERS = Map.of(
            "alice", new User("alice", Set.of("staff", "lobby"), true),
            "bob", new User("bob", Set.of("lobby"), false),
            "eve", new User("eve", Set.of(), false));

    private Authorisation() {}

    // tag::policy[]
    static final Policy POLICY = Policy.builder()
            .connect(handshake ->
                    !handshake.find(User.class).orElseThrow().rooms().isEmpty())
            .joinAsync((socket, room) -> mayJoin(socket.get(User.class), room))
            .publish((socket, room) -> socket.rooms().contains(room))
            .publishes(SAY, Say::room)
            .event(DELETE, (socket, id) -> socket.get(User.class).admin())
            .build();
    // end::policy[]

    /** Stands for the check of a token. */
    private static User user(@Nullable String name) {
        User user = name == null ? null : USERS.get(name);
        if (user == null) {
            throw new ConnectRefused("Authentication error: Invalid token");
        }
        return user;
    }

    /** Stands for a question to a database. */
    private static CompletionStage<Boolean> mayJoin(User user, String room) {
        if (room.equals("broken")) {
            return CompletableFuture.failedFuture(new IllegalStateException("no connection"));
        }
        return CompletableFuture.supplyAsync(() -> user.rooms().contains(room));
    }

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        // tag::use[]
        server.namespace("/")
                .use(handshake -> handshake.attach(User.class, user(handshake.auth("name"))))
                .policy(POLICY)
                .on(SAY, (socket, say) -> socket.to(say.room()).emit(SAY, say))
                .on(DELETE, (socket, id) -> "deleted " + id);
        // end::use[]
        // tag::allowlist[]
        server.namespace("/kiosk")
                .policy(Policy.builder()
                        .event("order", (socket, args) -> true)
                        .otherEvents((socket, event) -> false)
                        .build())
                .on("order", String.class, String.class, (socket, item) -> "one " + item);
        // end::allowlist[]
        return server.start();
    }

    public static void main(String[] args) {
        start(3000);
    }
}
