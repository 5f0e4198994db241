// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same raw requests and frames, put to a profile and to the reference implementation with the same options. Differences
 * that are meant are listed in the scripts, with their reasons.
 */
@Tag("client")
class ReferenceDifferenceTest {
    static Stream<NodeScript> differential() throws IOException {
        return NodeScript.ofSuite("differential");
    }

    @ParameterizedTest
    @MethodSource
    void differential(NodeScript script) throws IOException, InterruptedException {
        Profile profile = script.name().startsWith("engine") ? Profile.engine : Profile.socket;
        try (RunningProfile running = profile.start(0)) {
            String path = "/" + profile + ".io/";
            script.run(Map.of("SOCKEYE_URL", "http://localhost:" + running.port() + path));
        }
    }
}
