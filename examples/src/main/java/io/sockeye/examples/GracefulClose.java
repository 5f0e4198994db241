// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.Cors;
import java.time.Duration;

/** A server as it runs in production: behind a proxy, with an orderly end. */
public final class GracefulClose {
    private GracefulClose() {}

    static Sockeye start(int port) {
        // tag::server[]
        Sockeye server = Sockeye.builder()
                .host("127.0.0.1") // only the proxy reaches it
                .port(port)
                .cors(Cors.origins("https://app.example", "https://admin.example")
                        .credentials(true)
                        .maxAge(Duration.ofHours(1))
                        .build())
                .shutdownTimeout(Duration.ofSeconds(10))
                .build();
        server.namespace("/").on("work", String.class, (socket, job) -> socket.emit("done", job));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        server.start();
        // end::server[]
        return server;
    }

    public static void main(String[] args) throws InterruptedException {
        start(3000).awaitClosed();
    }
}
