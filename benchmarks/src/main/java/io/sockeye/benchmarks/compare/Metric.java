// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A figure that is read from the result of the load tester. Less is better.
 *
 * @param label what it says of the scenario, empty if the scenario has but one
 * @param pointer where it is in the result
 * @param scale what it is multiplied with to have the unit
 * @param normalised whether it goes with the speed of the machine
 * @param decimals digits behind the point
 */
record Metric(String label, String unit, String pointer, double scale, boolean normalised, int decimals) {
    static Metric cpuPerOperation(String label) {
        return new Metric(label, "µs CPU", "/server/cpuMicrosPerOperation", 1, true, 1);
    }

    static Metric latency(String label, String percentile) {
        return new Metric(label, "ms", "/latencyMicros/" + percentile, 0.001, false, 2);
    }

    static Metric memoryPerConnection() {
        return new Metric("", "KB RSS", "/server/rssBytesPerConnection", 0.001, false, 1);
    }

    /** The figure, unless the result has none. */
    Optional<Double> in(JsonNode result) {
        JsonNode value = result.at(pointer);
        return value.isNumber() ? Optional.of(value.doubleValue() * scale) : Optional.empty();
    }
}
