// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.List;

/**
 * A load, and what is read from its result.
 *
 * @param name on the command line
 * @param title in tables
 * @param trait what a server must have to take part
 * @param arguments of the load tester: its mode, then options
 * @param metrics a row each
 * @param course how its rounds are run
 */
record Scenario(String name, String title, Trait trait, List<String> arguments, List<Metric> metrics, Course course) {
    /** How rounds are run. */
    enum Course {
        /** All servers run through all rounds, so that each is warm from the second on; the first has a longer warm-up. */
        INTERLEAVED,
        /** Each server is started for its round, sees some connections come and go, and is measured once. */
        FRESH
    }

    boolean messagePack() {
        return trait == Trait.MESSAGE_PACK;
    }
}
