// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

// tag::program[]
import io.sockeye.Sockeye;

/** The smallest Socket.IO server that answers. */
public final class GettingStarted {
    private GettingStarted() {}

    static Sockeye start(int port) {
        Sockeye server = Sockeye.builder().port(port).build();
        server.namespace("/")
                .onConnect(socket -> socket.emit("welcome", socket.id()))
                .on(
                        "message",
                        String.class,
                        (socket, text) -> server.namespace("/").emit("message", text));
        return server.start();
    }

    public static void main(String[] args) {
        start(3000);
    }
}
// end::program[]
