// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import io.sockeye.testing.FuzzSeeds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The targets of {@code ./dev fuzz}, with their seeds and the same few thousand inputs in every run. */
class DecoderSeedTest {
    private static final int ROUNDS = 10_000;

    @Test
    void cookiesAreReadAsTheyWereSent() throws IOException {
        FuzzSeeds.run(CookieFuzz.class, CookieFuzz::fuzzerTestOneInput, ROUNDS);
    }
}
