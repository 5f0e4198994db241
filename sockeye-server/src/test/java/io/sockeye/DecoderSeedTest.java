// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.internal.core.ConnectAuthFuzz;
import io.sockeye.internal.engine.FormBodyFuzz;
import io.sockeye.internal.http.StaticPathFuzz;
import io.sockeye.internal.netty.ExtensionOfferFuzz;
import io.sockeye.internal.netty.FrameParserFuzz;
import io.sockeye.internal.netty.HttpHeadFuzz;
import io.sockeye.internal.netty.RequestHeadFuzz;
import io.sockeye.internal.socketio.LegacyNamespaceFuzz;
import io.sockeye.testing.FuzzSeeds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The targets of {@code ./dev fuzz}, with their seeds and the same few thousand inputs in every run. */
class DecoderSeedTest {
    private static final int ROUNDS = 10_000;

    @Test
    void framesAreViolationsOrMessagesHoweverTheyArrive() throws IOException {
        FuzzSeeds.run(FrameParserFuzz.class, FrameParserFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void offersOfExtensionsAreIgnoredOrAnswered() throws IOException {
        FuzzSeeds.run(ExtensionOfferFuzz.class, ExtensionOfferFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void targetsAreRefusedOrCanBeRead() throws IOException {
        FuzzSeeds.run(RequestHeadFuzz.class, RequestHeadFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void queriesOfNamespacesCanBeRead() throws IOException {
        FuzzSeeds.run(LegacyNamespaceFuzz.class, LegacyNamespaceFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void headsOfRequestsAreRefusedOrCanBeRead() throws IOException {
        FuzzSeeds.run(HttpHeadFuzz.class, HttpHeadFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void formsAreRefusedOrCanBeRead() throws IOException {
        FuzzSeeds.run(FormBodyFuzz.class, FormBodyFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void authPayloadsAreRefusedOrCanBeRead() throws IOException {
        FuzzSeeds.run(ConnectAuthFuzz.class, ConnectAuthFuzz::fuzzerTestOneInput, ROUNDS);
    }

    @Test
    void pathsOfFilesStayInTheirFolder() throws IOException {
        FuzzSeeds.run(StaticPathFuzz.class, StaticPathFuzz::fuzzerTestOneInput, ROUNDS);
    }
}
