// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unmodified JavaScript clients of three generations, against our server and, to prove the suite, against the reference. */
@Tag("client")
class RealClientTest {
    static Stream<NodeScript> client() throws IOException {
        return NodeScript.ofSuite("client");
    }

    @ParameterizedTest
    @MethodSource("client")
    void ours(NodeScript script) throws IOException, InterruptedException {
        try (SuiteServer server = new ClientServer()) {
            script.run(server.variables());
        }
    }

    @ParameterizedTest
    @MethodSource("client")
    void reference(NodeScript script) throws IOException, InterruptedException {
        try (SuiteServer server = new ReferenceServer()) {
            script.run(server.variables());
        }
    }
}
