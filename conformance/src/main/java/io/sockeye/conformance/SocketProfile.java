// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import io.sockeye.api.Cors;
import io.sockeye.api.Namespace;
import io.sockeye.event.Args;
import io.sockeye.event.Request;
import java.time.Duration;

/** The server that the Socket.IO protocol suite describes. */
final class SocketProfile {
    private static final Request<Args, Args> MESSAGE_WITH_ACK = Request.of("message-with-ack", Args.class, Args.class);

    private SocketProfile() {}

    static RunningProfile start(int port) {
        Sockeye server = Sockeye.builder()
                .port(port)
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200))
                .connectTimeout(Duration.ofSeconds(1))
                .cors(Cors.origins("*").build())
                .build();
        serve(server.namespace("/"));
        serve(server.namespace("/custom"));
        server.start();
        return new RunningProfile() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    private static void serve(Namespace namespace) {
        namespace
                .onConnect(socket -> socket.emit("auth", socket.handshake().auth()))
                .on("message", Args.class, (socket, args) -> socket.emit("message-back", args))
                .on(MESSAGE_WITH_ACK, (socket, args) -> args);
    }
}
