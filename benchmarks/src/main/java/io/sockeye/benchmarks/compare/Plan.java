// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import io.sockeye.benchmarks.compare.LoadTester.Phases;
import io.sockeye.benchmarks.compare.Scenario.Course;
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
    private static final int LONG = 6;

    static Plan of(int rounds, Duration measured, Duration preparation) {
        return new Plan(rounds, new Phases(Duration.ZERO, preparation), new Phases(SETTLING, measured));
    }

    /** The preparation for a scenario of a course. */
    Phases preparation(Course course) {
        return course == Course.LONG_PREPARED
                ? new Phases(Duration.ZERO, preparation.measured().multipliedBy(LONG))
                : preparation;
    }
}
