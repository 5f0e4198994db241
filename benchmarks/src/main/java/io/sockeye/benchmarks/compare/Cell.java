// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.Locale;

/** Figures as tables show them. */
final class Cell {
    /** Where there is no figure. */
    static final String MISSING = "–";

    private Cell() {}

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** The median, and the spread if there is one. */
    static String of(Samples samples, int decimals) {
        if (samples.isEmpty()) {
            return MISSING;
        }
        String median = number(samples.median(), decimals);
        if (samples.byRound().size() == 1) {
            return median;
        }
        return median + " (" + number(samples.min(), decimals) + "–" + number(samples.max(), decimals) + ")";
    }
}
