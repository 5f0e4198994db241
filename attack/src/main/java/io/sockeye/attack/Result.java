// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.time.Duration;
import java.util.List;

/**
 * What became of an attack.
 *
 * @param got what attackers got
 * @param bystanders what others noticed meanwhile
 * @param peakMib the most memory of the process
 * @param logged lines of the log
 * @param faults what must not have happened; empty if the server stood it
 */
record Result(
        String attack,
        String got,
        Duration time,
        Experience bystanders,
        long peakMib,
        long logged,
        List<String> faults) {}
