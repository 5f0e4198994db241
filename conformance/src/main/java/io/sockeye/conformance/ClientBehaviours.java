// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.Handshake;
import io.sockeye.api.Namespace;
import io.sockeye.api.Socket;
import io.sockeye.event.Args;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An event for everything that a client can see of a server, in two namespaces that it can join and one that refuses it. Any
 * thread.
 */
final class ClientBehaviours {
    private static final Request<Args, Args> MESSAGE_WITH_ACK = Request.of("message-with-ack", Args.class, Args.class);
    private static final Request<Args, Args> QUESTION = Request.of("question", Args.class, Args.class);
    private static final Request<Args, String> OWN_ID = Request.of("own-id", Args.class, String.class);
    private static final Request<String, String> REASON_OF = Request.of("reason-of", String.class, String.class);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String TALK = "talk";

    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    private ClientBehaviours() {}

    /** Declares them on a server that has not started. */
    static void declare(Sockeye server) {
        ClientBehaviours behaviours = new ClientBehaviours();
        behaviours.serve(server.namespace("/"));
        behaviours.serve(server.namespace("/custom"));
        server.namespace("/refusing").use(ClientBehaviours::refuse);
    }

    private void serve(Namespace namespace) {
        namespace
                .onConnect(socket -> socket.emit("auth", socket.handshake().auth()))
                .on("message", Args.class, (socket, args) -> socket.emit("message-back", args))
                .on(MESSAGE_WITH_ACK, (socket, args) -> args)
                .on("ask", Args.class, ClientBehaviours::ask)
                .on("burst", Integer.class, ClientBehaviours::burst)
                .on("volatile", Args.class, (socket, args) -> socket.emitDroppable("message-back", args))
                .on("transport", Args.class, (socket, args) -> socket.emit("transport", socket.transport()))
                .on("enter", Args.class, (socket, args) -> enter(namespace, socket, args))
                .on("say", Args.class, (socket, args) -> socket.to(TALK).emit("said", args))
                .on(
                        "say-anew",
                        Args.class,
                        (socket, args) ->
                                socket.to(TALK).emit("said", args.values().toArray()))
                .on("kick", Args.class, (socket, args) -> socket.disconnect())
                .on("kick-all", Args.class, (socket, args) -> socket.disconnectAll())
                .on(OWN_ID, (socket, args) -> socket.id())
                .on(REASON_OF, (socket, id) -> reasons.getOrDefault(id, ""))
                .onDisconnect(this::note);
    }

    private static void refuse(Handshake handshake) {
        String detail = handshake.auth("detail");
        throw new ConnectRefused("no entry", detail == null ? null : Map.of("detail", detail));
    }

    private static void ask(Socket socket, Args args) {
        CompletableFuture<Void> ignored =
                socket.request(QUESTION, args, DEADLINE).thenAccept(reply -> socket.emit("answered", reply));
    }

    private static void burst(Socket socket, int count) {
        for (int i = 0; i < count; i++) {
            socket.emit("part", i, new byte[] {(byte) i});
        }
    }

    /** Joins a room, and tells all in it when as many are there as are expected. */
    private static void enter(Namespace namespace, Socket socket, Args args) {
        String room = args.get(0, String.class);
        socket.join(room);
        if (namespace.members(room) >= args.get(1, Integer.class)) {
            namespace.to(room).emit("complete", room);
        }
    }

    private void note(Socket socket, DisconnectReason reason) {
        reasons.put(socket.id(), reason.text());
    }
}
