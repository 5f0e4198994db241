// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import io.sockeye.api.Cors;

/** A server for clients of every generation and format. */
final class ClientsProfile {
    private ClientsProfile() {}

    static RunningProfile start(int port) {
        Sockeye server = Sockeye.builder()
                .port(port)
                .allowEIO3(true)
                .cors(Cors.origins("*").build())
                .build();
        ClientBehaviours.declare(server);
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
}
