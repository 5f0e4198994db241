// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.api.Registration;
import io.sockeye.api.RequestFailed;
import io.sockeye.api.Socket;
import io.sockeye.event.Request;
import java.util.concurrent.atomic.AtomicInteger;

/** Handlers of single sockets: a guessing game that a client is in for a while. */
public final class PerSocketHandlers {
    static final Request<Integer, String> GUESS = Request.of("guess", Integer.class, String.class);

    private PerSocketHandlers() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        Namespace namespace = server.namespace("/");
        // tag::game[]
        namespace.on("play", Integer.class, (socket, secret) -> {
            socket.off("guess"); // a game that was not finished
            AtomicInteger guesses = new AtomicInteger();
            socket.on(GUESS, (same, guess) -> {
                guesses.incrementAndGet();
                if (guess.equals(secret)) {
                    socket.off("guess");
                    return "right after " + guesses;
                }
                return guess < secret ? "higher" : "lower";
            });
        });
        // end::game[]
        namespace.onConnect(PerSocketHandlers::greet);
        namespace.onConnect(PerSocketHandlers::end);
        namespace.on("mute", Void.class, (socket, nothing) -> mute(socket));
        namespace.on("shout", String.class, (socket, text) -> namespace.emit("shouted", text));
        outgoing(namespace);
        return server.start();
    }

    private static void greet(Socket socket) {
        // tag::once[]
        socket.once("name", String.class, (same, name) -> socket.send("Welcome, " + name));
        // end::once[]
    }

    private static void mute(Socket socket) {
        // tag::use[]
        Registration muted = socket.use((same, event, args) -> {
            if (event.equals("shout")) {
                throw new RequestFailed("You are muted");
            }
        });
        socket.once("sorry", Void.class, (same, nothing) -> muted.remove());
        // end::use[]
    }

    private static void end(Socket socket) {
        // tag::end[]
        socket.join("players");
        socket.onDisconnecting((same, reason) -> socket.to("players").emit("left", socket.id(), reason.text()));
        // end::end[]
    }

    private static void outgoing(Namespace namespace) {
        // tag::outgoing[]
        namespace.on("trace", Void.class, (socket, nothing) -> {
            socket.onAnyOutgoing((same, event, args) -> System.out.println("to " + socket.id() + ": " + event));
        });
        // end::outgoing[]
    }

    public static void main(String[] args) {
        start(3000);
    }
}
