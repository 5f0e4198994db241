// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a comparison gave.
 *
 * @param contestants those that took part, in the order of the columns; the first is what others are compared to
 */
record Results(List<Contestant> contestants, List<Outcome> outcomes) {
    private static final String SHARE_OF_A_CORE = "/server/cpuShareOfACore";
    private static final String HEADROOM = "/client/headroom";

    /** A figure of each server; in no case for those that did not take part. */
    record Row(Scenario scenario, Metric metric, Map<String, Samples> samples) {
        String title() {
            return metric.label().isEmpty() ? scenario.title() : scenario.title() + ": " + metric.label();
        }
    }

    /** The calibration to which all is normalised: the median of all. */
    double reference() {
        return Samples.median(calibrations());
    }

    List<Double> calibrations() {
        return outcomes.stream()
                .flatMap(outcome -> outcome.measurements().stream())
                .map(Measurement::calibration)
                .toList();
    }

    List<String> failures() {
        return outcomes.stream().flatMap(outcome -> outcome.failures().stream()).toList();
    }

    /** Every metric of every scenario that gave anything. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            for (Metric metric : outcome.scenario().metrics()) {
                Row row = row(outcome, metric);
                if (!row.samples().isEmpty()) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** How much of a core each server used, in percent. */
    List<Row> loads() {
        return percentages(SHARE_OF_A_CORE);
    }

    /** How much of a core the load tester did not use, in percent. */
    List<Row> headrooms() {
        return percentages(HEADROOM);
    }

    private List<Row> percentages(String pointer) {
        Metric metric = new Metric("", "%", pointer, 100, false, 0);
        return outcomes.stream()
                .map(outcome -> row(outcome, metric))
                .filter(row -> !row.samples().isEmpty())
                .toList();
    }

    private Row row(Outcome outcome, Metric metric) {
        Map<String, Samples> samples = new TreeMap<>();
        for (Contestant contestant : contestants) {
            Samples own = outcome.samples(contestant.name(), metric, reference());
            if (!own.isEmpty()) {
                samples.put(contestant.name(), own);
            }
        }
        return new Row(outcome.scenario(), metric, samples);
    }
}
