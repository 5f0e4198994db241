// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectionStateRecovery;
import java.time.Duration;

/** A chat whose clients miss nothing while their connection is broken. */
public final class RecoveredChat {
    private RecoveredChat() {}

    static Sockeye start(int port) {
        // tag::options[]
        Sockeye server = Sockeye.builder()
                .port(port)
                .connectionStateRecovery(ConnectionStateRecovery.builder()
                        .maxDisconnectionDuration(Duration.ofMinutes(5))
                        .build())
                .build();
        // end::options[]
        // tag::chat[]
        server.namespace("/")
                .onConnect(socket -> {
                    if (socket.recovered()) {
                        return; // it is in its rooms, and has been sent what it missed
                    }
                    socket.join("lobby");
                    socket.data().put("joined", System.currentTimeMillis());
                    socket.emit("history", "hello"); // what a new client needs to begin with
                })
                .on("say", String.class, (socket, text) -> socket.to("lobby").emit("said", text))
                .on("typing", Void.class, (socket, nothing) -> {
                    socket.to("lobby").droppable().emit("typing"); // not kept for those who are away
                });
        // end::chat[]
        return server.start();
    }

    public static void main(String[] args) {
        start(3000);
    }
}
