// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.api.RemoteSocket;
import io.sockeye.event.Request;
import java.util.List;

/** Looks at many sockets, moves them, ends them. */
public final class BulkOperations {
    record Names(List<Object> names) {}

    static final Request<String, Names> NAMES = Request.of("names", String.class, Names.class);

    private BulkOperations() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        Namespace namespace = server.namespace("/");
        look(namespace);
        move(namespace);
        return server.start();
    }

    private static void look(Namespace namespace) {
        // tag::look[]
        namespace.on("name", String.class, (socket, name) -> {
            socket.data().put("name", name);
            socket.join("lobby");
        });
        namespace.onAsync(
                NAMES,
                (socket, room) -> namespace
                        .to(room)
                        .fetchSockets()
                        .thenApply(found -> new Names(found.stream()
                                .map(RemoteSocket::data)
                                .map(data -> data.get("name"))
                                .toList())));
        // end::look[]
    }

    private static void move(Namespace namespace) {
        // tag::move[]
        namespace.on("begin", String.class, (socket, game) -> {
            namespace.to("lobby").socketsJoin(game);
            namespace.to("lobby").socketsLeave("lobby");
            namespace.to(game).emit("begun", game);
        });
        namespace.on(
                "finish", String.class, (socket, game) -> namespace.to(game).disconnectSockets());
        // end::move[]
    }

    public static void main(String[] args) {
        start(3000);
    }
}
