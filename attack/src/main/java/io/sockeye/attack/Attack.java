// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * One way to harm a server.
 *
 * @param name what is done, for the table
 * @param expected what attackers may get; anything else fails the attack
 * @param slow whether most of its time is waiting for deadlines of the server
 */
record Attack(String name, Pattern expected, boolean slow, Deed deed) {
    /** What is done. It adds to the tally what it got. */
    @FunctionalInterface
    interface Deed {
        void run(Target target, Tally tally) throws IOException, InterruptedException;
    }

    static Attack quick(String name, String expected, Deed deed) {
        return new Attack(name, Pattern.compile(expected), false, deed);
    }

    static Attack slow(String name, String expected, Deed deed) {
        return new Attack(name, Pattern.compile(expected), true, deed);
    }
}
