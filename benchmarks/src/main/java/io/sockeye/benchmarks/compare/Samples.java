// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures of one kind, by the round that they were measured in. A round that failed has none.
 *
 * @param byRound never changed
 */
record Samples(Map<Integer, Double> byRound) {
    boolean isEmpty() {
        return byRound.isEmpty();
    }

    /** The middle one, or the mean of the two in the middle. */
    double median() {
        return median(byRound.values());
    }

    static double median(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("expected at least one figure");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double min() {
        return byRound.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return byRound.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The ratios to other figures, each to that of the same round: what slows down both is in neither. */
    Samples over(Samples others) {
        Map<Integer, Double> ratios = new TreeMap<>();
        byRound.forEach((round, value) -> {
            Double other = others.byRound.get(round);
            if (other != null && other > 0) {
                ratios.put(round, value / other);
            }
        });
        return new Samples(ratios);
    }
}
