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
    static Stream<NodeScript> profiles() throws IOException {
        return NodeScript.ofSuite("differential");
    }

    static Stream<NodeScript> options() throws IOException {
        return NodeScript.ofSuite("options");
    }

    @ParameterizedTest
    @MethodSource
    void profiles(NodeScript script) throws IOException, InterruptedException {
        Profile profile =
                Profile.valueOf(script.name().substring(0, script.name().indexOf('-')));
        try (RunningProfile running = profile.start(0)) {
            script.run(Map.of("SOCKEYE_URL", "http://localhost:" + running.port(), "SOCKEYE_PROFILE", profile.name()));
        }
    }

    /** Scripts that have servers started with the options that they want. */
    @ParameterizedTest
    @MethodSource
    void options(NodeScript script) throws IOException, InterruptedException {
        try (OptionServers servers = new OptionServers()) {
            script.run(Map.of("SOCKEYE_CONTROL", servers.url()));
        }
    }
}
