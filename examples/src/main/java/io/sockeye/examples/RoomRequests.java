// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Asks all members of a room, and tells who did not answer. */
public final class RoomRequests {
    // tag::types[]
    record Round(String room, String question) {}

    record Result(List<String> answers, Set<String> missing) {}

    static final Request<String, Boolean> READY = Request.of("ready", String.class, Boolean.class);
    static final Request<Round, Result> ASK = Request.of("ask", Round.class, Result.class);
    static final Request<String, String> QUESTION = Request.of("question", String.class, String.class);
    // end::types[]

    private RoomRequests() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        Namespace namespace = server.namespace("/");
        namespace.on("join", String.class, Integer.class, (socket, room) -> {
            socket.join(room);
            return namespace.members(room);
        });
        namespace.onAsync(READY, (socket, room) -> everyoneIsReady(namespace, room));
        // tag::ask[]
        namespace.onAsync(
                ASK,
                (socket, round) -> socket.to(round.room())
                        .request(QUESTION, round.question(), Duration.ofSeconds(1))
                        .thenApply(replies -> new Result(replies.values(), replies.missing())));
        // end::ask[]
        return server.start();
    }

    // tag::all[]
    static CompletableFuture<Boolean> everyoneIsReady(Namespace namespace, String room) {
        return namespace
                .to(room)
                .request("ready?", Boolean.class, Duration.ofSeconds(1))
                .thenApply(replies -> replies.complete() && !replies.values().contains(false));
    }
    // end::all[]

    public static void main(String[] args) {
        start(3000);
    }
}
