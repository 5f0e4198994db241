// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unmodified clients of a server that is full, and of one that counts the connections of users. */
@Tag("client")
class CapacityTest {
    static Stream<NodeScript> limits() throws IOException {
        return NodeScript.ofSuite("limits");
    }

    @ParameterizedTest
    @MethodSource
    void limits(NodeScript script) throws IOException, InterruptedException {
        try (Sockeye full = Sockeye.builder()
                        .port(0)
                        .allowEIO3(true)
                        .maxConnections(1)
                        .build();
                Sockeye users = Sockeye.builder()
                        .port(0)
                        .connectionsPerUser(2, handshake -> handshake.auth("name"))
                        .build()) {
            full.start();
            users.start();
            String url = url(full);
            script.run(Map.of("SOCKEYE_URL", url, "SOCKEYE_MSGPACK_URL", url, "SOCKEYE_USERS_URL", url(users)));
        }
    }

    private static String url(Sockeye server) {
        return "http://127.0.0.1:" + server.port();
    }
}
