// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.app.bench.report.BenchResult.ClientUse;
import io.sockeye.app.bench.report.BenchResult.ServerUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableReportTest {
    private static final LatencySummary LATENCY = new LatencySummary(120, 900, 1_500, 20_000, 1_250_000, 300);

    @Test
    void figuresAreShownWithTheirUnits() {
        assertThat(TableReport.of(result(0.8, 0.01)))
                .contains("open loop at 8,000/s")
                .contains("80,000 in 10.0 s: 8,000/s")
                .contains("p50 120 µs", "p99.9 20.0 ms", "max 1.25 s")
                .contains("7.50 µs an operation")
                .contains("head-room 80 %");
        assertThat(TableReport.warning(result(0.8, 0.01))).isNull();
    }

    @Test
    void aTesterThatIsBusyOrIsKeptWaitingSaysSo() {
        assertThat(TableReport.warning(result(0.05, 0))).contains("95 % of a core");
        assertThat(TableReport.warning(result(0.8, 0.3))).contains("30 % of the time");
        assertThat(HtmlReport.of(result(0.05, 0))).contains("class=\"warning\"");
    }

    @Test
    void textOfTheUserIsEscapedOnThePage() {
        assertThat(HtmlReport.of(result(0.8, 0))).contains("http://x/&lt;b&gt;").doesNotContain("<b>");
    }

    private static BenchResult result(double headroom, double waited) {
        return new BenchResult(
                "echo",
                "http://x/<b>",
                "websocket",
                "json",
                200,
                128,
                null,
                null,
                "open",
                8_000.0,
                10.0,
                80_000,
                80_000,
                8_000,
                LATENCY,
                LATENCY,
                new ServerUse(1, 600_000, 7.5, 200_000, 400_000, 0.06, 1_000_000, 2_000_000, 5_000),
                new ClientUse(400_000, 5.0, 0.04, headroom, waited),
                0,
                0,
                0,
                null,
                List.of());
    }
}
