// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** One measurement in a few words, for the terminal. */
final class Summary {
    private Summary() {}

    static String of(Scenario scenario, JsonNode result) {
        String figures = scenario.metrics().stream()
                .map(metric -> (metric.label() + " "
                                + metric.in(result)
                                        .map(value -> Cell.number(value, metric.decimals()))
                                        .orElse(Cell.MISSING)
                                + " " + metric.unit())
                        .strip())
                .collect(Collectors.joining(", "));
        return "%s; %,.0f a second, server %.0f %%, tester's head-room %.0f %%"
                .formatted(
                        figures,
                        result.at("/operationsPerSecond").asDouble(0),
                        100 * result.at("/server/cpuShareOfACore").asDouble(0),
                        100 * result.at("/client/headroom").asDouble(0));
    }
}
