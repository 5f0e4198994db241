// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.report;

import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** Percentiles in microseconds. */
public record LatencySummary(double p50, double p90, double p99, double p999, double max, double mean) {
    private static final double NANOS_A_MICRO = 1_000;

    /** Those of a histogram of nanoseconds, or null if it is empty. */
    public static @Nullable LatencySummary of(AbstractHistogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return null;
        }
        return new LatencySummary(
                percentile(nanos, 50),
                percentile(nanos, 90),
                percentile(nanos, 99),
                percentile(nanos, 99.9),
                rounded(nanos.getMaxValue() / NANOS_A_MICRO),
                rounded(nanos.getMean() / NANOS_A_MICRO));
    }

    /** A percentile in microseconds. */
    public static double percentile(AbstractHistogram nanos, double percentile) {
        return rounded(nanos.getValueAtPercentile(percentile) / NANOS_A_MICRO);
    }

    private static double rounded(double micros) {
        return Math.round(micros * 10) / 10.0;
    }
}
