// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import io.sockeye.benchmarks.compare.LoadTester.Phases;
import java.time.Duration;

/**
 * How long is measured.
 *
 * @param rounds measurements of each server in a scenario
 * @param preparation what goes before the first round and is not looked at: JVMs compile what is hot
 * @param round the phases of each round
 */
record Plan(int rounds, Phases preparation, Phases round) {
    private static final Duration SETTLING = Duration.ofSeconds(1);

    static Plan of(int rounds, Duration measured, Duration preparation) {
        return new Plan(rounds, new Phases(Duration.ZERO, preparation), new Phases(SETTLING, measured));
    }
}
