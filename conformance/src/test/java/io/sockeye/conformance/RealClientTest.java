// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The unmodified JavaScript client against a server with the options that servers have. */
@Tag("client")
class RealClientTest {
    static Stream<NodeScript> client() throws IOException {
        return NodeScript.ofSuite("client");
    }

    @ParameterizedTest
    @MethodSource
    void client(NodeScript script) throws IOException, InterruptedException {
        try (ClientServer server = new ClientServer()) {
            script.run(Map.of("SOCKEYE_URL", server.url(), "SOCKEYE_CONTROL", server.controlUrl()));
        }
    }
}
