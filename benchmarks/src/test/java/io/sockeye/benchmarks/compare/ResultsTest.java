// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sockeye.benchmarks.compare.Scenario.Course;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultsTest {
    private static final Scenario ECHO = new Scenario(
            "echo",
            "an echo",
            Trait.ECHO,
            List.of("echo"),
            List.of(Metric.cpuPerOperation("CPU"), Metric.latency("p99", "p99")),
            Course.INTERLEAVED);

    private static final Scenario IDLE = new Scenario(
            "idle",
            "idle ones",
            Trait.CONNECTIONS,
            List.of("idle"),
            List.of(Metric.memoryPerConnection()),
            Course.FRESH);

    private static final Results RESULTS = new Results(
            List.of(contestant("ours", "Ours"), contestant("theirs", "Theirs")),
            List.of(
                    new Outcome(
                            ECHO,
                            List.of(
                                    new Measurement("ours", 1, 5, echo(10, 2_000)),
                                    new Measurement("theirs", 1, 5, echo(20, 3_000)),
                                    // In the second round the machine is half as fast.
                                    new Measurement("ours", 2, 10, echo(22, 2_500)),
                                    new Measurement("theirs", 2, 10, echo(66, 4_000))),
                            List.of()),
                    new Outcome(
                            IDLE,
                            List.of(new Measurement(
                                    "theirs", 1, 5, json("{\"server\":{\"rssBytesPerConnection\":4500}}"))),
                            List.of("idle, ours: it has ended"))));

    private static Contestant contestant(String name, String title) {
        return new Contestant(name, title, "1", EnumSet.allOf(Trait.class), List.of(name), List.of(), Map.of());
    }

    private static JsonNode echo(double cpu, double p99) {
        return json("""
                {"server":{"cpuMicrosPerOperation":%s,"cpuShareOfACore":0.5},
                 "client":{"headroom":0.25},"latencyMicros":{"p99":%s}}""".formatted(cpu, p99));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void costsAreNormalisedToTheMedianOfAllCalibrations() {
        assertThat(RESULTS.reference()).isEqualTo(5);
        Samples ours = RESULTS.rows().get(0).samples().get("ours");
        assertThat(ours.byRound()).containsEntry(1, 10.0).containsEntry(2, 11.0);
    }

    @Test
    void latenciesAreNotNormalised() {
        Samples ours = RESULTS.rows().get(1).samples().get("ours");
        assertThat(ours.byRound().get(2)).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void figuresHaveAColumnForEachServerAndARowForEachMetric() {
        assertThat(new Tables(RESULTS).figures()).isEqualTo("""
                |  | unit | Ours | Theirs |
                |---|---|---|---|
                | an echo: CPU | µs CPU | 10.5 (10.0–11.0) | 26.5 (20.0–33.0) |
                | an echo: p99 | ms | 2.25 (2.00–2.50) | 3.50 (3.00–4.00) |
                | idle ones | KB RSS | – | 4.5 |
                """);
    }

    @Test
    void ratiosAreToTheFirstServer() {
        assertThat(new Tables(RESULTS).ratios()).isEqualTo("""
                |  | Ours | Theirs |
                |---|---|---|
                | an echo: CPU | 1 | 2.50 (2.00–3.00) |
                | an echo: p99 | 1 | 1.55 (1.50–1.60) |
                | idle ones | – | – |
                """);
    }

    @Test
    void loadsAreInPercent() {
        assertThat(new Tables(RESULTS).loads())
                .contains("| an echo | 50 | 50 |")
                .doesNotContain("idle");
        assertThat(new Tables(RESULTS).headrooms()).contains("| an echo | 25 | 25 |");
    }

    @Test
    void theReportSaysHowItWasTakenAndWhatIsMissing() {
        String markdown = report().markdown();
        assertThat(markdown)
                .contains("`./dev bench compare --rounds 2`", "2026-11-23", "a processor, 2 cores", "Ours 1, Theirs 1")
                .contains("- no compiler", "- Not measured: idle, ours: it has ended");
    }

    @Test
    void theReportForProgramsHasTheRatioOfEachServerToEachOther() {
        JsonNode row = json(report().json()).at("/rows/0");
        assertThat(row.at("/servers/theirs/over/ours/median").doubleValue()).isEqualTo(2.5);
        assertThat(row.at("/servers/ours/over/theirs/max").doubleValue()).isEqualTo(0.5);
        assertThat(row.at("/servers/ours/values/1").doubleValue()).isEqualTo(11);
    }

    private static Report report() {
        return new Report(
                RESULTS,
                new Machine("a processor", 2, 24, "Linux", "openjdk 17", "v20"),
                LocalDate.of(2026, 11, 23),
                "./dev bench compare --rounds 2",
                List.of("-Xmx1g"),
                new Cores(true),
                List.of("no compiler"));
    }
}
