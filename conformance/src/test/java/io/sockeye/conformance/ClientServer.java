// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import com.sun.net.httpserver.HttpServer;
import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.api.Socket;
import io.sockeye.event.Args;
import io.sockeye.event.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A server with an event for everything that a client can see of one, and an HTTP endpoint over which a script has it started
 * anew on the same port.
 */
/* The control endpoint has one thread, on which alone the server is replaced. */
final class ClientServer implements AutoCloseable {
    private static final Request<Args, Args> MESSAGE_WITH_ACK = Request.of("message-with-ack", Args.class, Args.class);
    private static final Request<Args, Args> QUESTION = Request.of("question", Args.class, Args.class);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int NO_CONTENT = 204;

    private final HttpServer control;
    private volatile Sockeye server;

    ClientServer() throws IOException {
        server = startServer(0);
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/restart", exchange -> {
            int port = server.port();
            server.close();
            server = startServer(port);
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
        });
        control.start();
    }

    private static Sockeye startServer(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        serve(server.namespace("/"));
        serve(server.namespace("/custom"));
        server.start();
        return server;
    }

    private static void serve(Namespace namespace) {
        namespace
                .onConnect(socket -> socket.emit("auth", socket.handshake().auth()))
                .on("message", Args.class, (socket, args) -> socket.emit("message-back", args))
                .on("ask", Args.class, ClientServer::ask)
                .on("burst", Integer.class, ClientServer::burst)
                .on("volatile", Args.class, (socket, args) -> socket.emitDroppable("message-back", args))
                .on("transport", Args.class, (socket, args) -> socket.emit("transport", socket.transport()))
                .on("kick", Args.class, (socket, args) -> socket.disconnect())
                .on("kick-all", Args.class, (socket, args) -> socket.disconnectAll())
                .on(MESSAGE_WITH_ACK, (socket, args) -> args);
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

    String url() {
        return "http://localhost:" + server.port();
    }

    String controlUrl() {
        return "http://localhost:" + control.getAddress().getPort();
    }

    @Override
    public void close() {
        control.stop(0);
        server.close();
    }
}
