// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocols as their specifications have them, asked of the profiles by raw requests and frames. */
@Tag("client")
class ProtocolSuiteTest {
    static Stream<NodeScript> engine() throws IOException {
        return NodeScript.ofSuite("engine");
    }

    static Stream<NodeScript> socket() throws IOException {
        return NodeScript.ofSuite("socket");
    }

    @ParameterizedTest
    @MethodSource
    void engine(NodeScript script) throws IOException, InterruptedException {
        run(Profile.engine, script);
    }

    @ParameterizedTest
    @MethodSource
    void socket(NodeScript script) throws IOException, InterruptedException {
        run(Profile.socket, script);
    }

    private static void run(Profile profile, NodeScript script) throws IOException, InterruptedException {
        try (RunningProfile running = profile.start(0)) {
            script.run(Map.of("SOCKEYE_URL", "http://localhost:" + running.port() + "/" + profile + ".io/"));
        }
    }
}
