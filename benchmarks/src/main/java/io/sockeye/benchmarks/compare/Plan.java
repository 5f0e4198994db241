// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import io.sockeye.benchmarks.compare.LoadTester.Phases;
import java.time.Duration;

/**
 * How long is measured.
 *
 * @param rounds measurements of each server in a scenario
 * @param first the phases of the first round, which compiles what is hot
 * @param later the phases of the others
 */
record Plan(int rounds, Phases first, Phases later) {
    static Plan of(int rounds, Duration measured, Duration firstWarmUp, Duration laterWarmUp) {
        return new Plan(rounds, new Phases(firstWarmUp, measured), new Phases(laterWarmUp, measured));
    }

    Phases phases(int round) {
        return round == 1 ? first : later;
    }
}
