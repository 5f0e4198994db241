// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;

/** Sends back what plain WebSocket clients send. */
public final class EchoWebSocket {
    private EchoWebSocket() {}

    static Sockeye start(int port) {
        // tag::echo[]
        Sockeye server = Sockeye.builder().port(port).build();
        server.webSocket("/socket").onText((webSocket, text) -> webSocket.send(text));
        server.start();
        // end::echo[]
        return server;
    }

    public static void main(String[] args) {
        start(3000);
    }
}
