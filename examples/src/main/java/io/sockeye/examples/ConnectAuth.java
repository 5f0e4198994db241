// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Handshake;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.Request;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may connect, and who may do what. */
public final class ConnectAuth {
    // tag::types[]
    record User(String name, Set<String> rooms) {}

    record RetryHint(int retryAfterSeconds) {}

    record RoomJoined(String roomId) {}

    static final Request<String, RoomJoined> JOIN_ROOM = Request.of("join_room", String.class, RoomJoined.class);
    // end::types[]

    /** Stands for a session store or a token check. */
    private static final Map<String, User> USERS_BY_TOKEN = Map.of(
            "alice-token", new User("alice", Set.of("staff", "lobby")), "bob-token", new User("bob", Set.of("lobby")));

    private ConnectAuth() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        // tag::use[]
        server.namespace("/")
                .use(handshake -> {
                    String token = token(handshake);
                    if (token == null) {
                        throw new ConnectRefused("Authentication error: Token missing");
                    }
                    User user = USERS_BY_TOKEN.get(token);
                    if (user == null) {
                        throw new ConnectRefused("Authentication error: Invalid token", new RetryHint(30));
                    }
                    handshake.attach(User.class, user);
                })
                .onConnect(socket -> socket.emit("hello", socket.get(User.class).name()));
        // end::use[]
        // tag::authorise[]
        server.namespace("/").on(JOIN_ROOM, (socket, roomId) -> {
            if (!socket.get(User.class).rooms().contains(roomId)) {
                throw new RequestFailed("Not authorized to join this room");
            }
            socket.join(roomId);
            return new RoomJoined(roomId);
        });
        // end::authorise[]
        return server.start();
    }

    // tag::token[]
    private static @Nullable String token(Handshake handshake) {
        String header = handshake.headers().first("authorization");
        if (header != null && header.startsWith("Bearer ")) {
            return header.substring("Bearer ".length());
        }
        return handshake.auth("token");
    }
    // end::token[]

    public static void main(String[] args) {
        start(3000);
    }
}
