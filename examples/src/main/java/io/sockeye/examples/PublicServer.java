// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.RequestLimits;
import java.time.Duration;

/** A server that counts its clients: all of them, those of an address, and those of a user. */
public final class PublicServer {
    private PublicServer() {}

    record User(String name) {}

    static Sockeye start(int port) {
        // tag::limits[]
        Sockeye server = Sockeye.builder()
                .port(port)
                .trustedProxies("127.0.0.1", "::1") // their X-Forwarded-For tells the client's address
                .maxConnections(10_000)
                .maxConnectionsPerAddress(50)
                .connectionsPerUser(
                        2,
                        handshake -> handshake.find(User.class).map(User::name).orElse(null))
                .requestLimits(RequestLimits.builder().headerFields(60).build())
                .build();
        server.namespace("/").use(handshake -> {
            String name = handshake.auth("name"); // where a real server checks a token
            if (name != null) {
                handshake.attach(User.class, new User(name));
            }
        });
        // end::limits[]
        server.namespace("/")
                .onConnect(socket -> socket.emit(
                        "address",
                        socket.handshake().address(),
                        socket.handshake().secure()));
        // tag::heartbeat[]
        server.webSocket("/ticker")
                .heartbeat(Duration.ofSeconds(10), Duration.ofSeconds(5))
                .idleTimeout(Duration.ofMinutes(5))
                .onText((webSocket, text) -> webSocket.send(text));
        // end::heartbeat[]
        return server.start();
    }

    public static void main(String[] args) {
        start(3000);
    }
}
