// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All measurements of a scenario.
 *
 * @param failures what could not be measured, a sentence each
 */
record Outcome(Scenario scenario, List<Measurement> measurements, List<String> failures) {
    /**
     * The figures of one server.
     *
     * @param reference the calibration to which figures are normalised
     */
    Samples samples(String contestant, Metric metric, double reference) {
        Map<Integer, Double> byRound = new TreeMap<>();
        for (Measurement measurement : measurements) {
            if (measurement.contestant().equals(contestant)) {
                double factor = metric.normalised() ? reference / measurement.calibration() : 1;
                metric.in(measurement.result()).ifPresent(value -> byRound.put(measurement.round(), value * factor));
            }
        }
        return new Samples(byRound);
    }
}
