// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A server that stops once, in the middle: who was to be served in that time has waited. */
class OpenLoopTest {
    private static final int STALL_MILLIS = 800;

    @Test
    void requestsThatWereDueInAStallAreCountedFromWhenTheyWereDue() throws IOException {
        try (BenchServer server = new BenchServer(150, STALL_MILLIS)) {
            BenchRun run =
                    BenchRun.of(server.url(), "echo", "--rate", "200", "--duration", "2s", "--connections", "10");

            assertThat(run.status()).isZero();
            assertThat(run.number("missing")).isZero();
            assertThat(run.latency("max")).isGreaterThanOrEqualTo(STALL_MILLIS * 900);
            // 160 of 400 requests were due in it, and as many waited for 400 ms on average.
            assertThat(run.latency("p90")).isGreaterThan(STALL_MILLIS * 500);
        }
    }

    @Test
    void aClosedLoopAsksNothingWhileItWaits() throws IOException {
        try (BenchServer server = new BenchServer(30, STALL_MILLIS)) {
            BenchRun run = BenchRun.of(server.url(), "echo", "--duration", "2s", "--connections", "1");

            assertThat(run.status()).isZero();
            assertThat(run.latency("max")).isGreaterThanOrEqualTo(STALL_MILLIS * 900);
            assertThat(run.latency("p90")).isLessThan(STALL_MILLIS * 500);
        }
    }
}
