// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.testing.FuzzSeeds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The targets of {@code ./dev fuzz}, with their seeds and the same few thousand inputs in every run. */
class DecoderSeedTest {
    private static final int ROUNDS = 10_000;

    @Test
    void jsonPacketsAreRefusedOrStayWhatTheyAre() throws IOException {
        FuzzSeeds.run(JsonFormatFuzz.class, JsonFormatFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void messagePackPacketsAreRefusedOrStayWhatTheyAre() throws IOException {
        FuzzSeeds.run(MessagePackFormatFuzz.class, MessagePackFormatFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void pollingBodiesAreRefusedOrStayWhatTheyAre() throws IOException {
        FuzzSeeds.run(EnginePayloadFuzz.class, EnginePayloadFuzz::fuzzerTestOneInput, ROUNDS);
    }
}
