// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.ArrayList;
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
        /** All servers run through all rounds and take turns. */
        INTERLEAVED,
        /** The same after a long preparation: for paths that are taken so seldom that JVMs compile them late. */
        LONG_PREPARED,
        /** Each server is started for its round, sees some connections come and go, and is measured once. */
        FRESH
    }

    /** The arguments without a rate: the same load in a closed loop. */
    List<String> atFullSpeed() {
        int rate = arguments.indexOf("--rate");
        if (rate < 0) {
            return arguments;
        }
        List<String> rest = new ArrayList<>(arguments);
        rest.subList(rate, rate + 2).clear();
        return rest;
    }

    boolean messagePack() {
        return trait == Trait.MESSAGE_PACK;
    }
}
