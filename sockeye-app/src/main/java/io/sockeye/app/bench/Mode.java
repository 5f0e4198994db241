// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import java.util.Locale;

/** What a load test does. */
enum Mode {
    /** Connections that are open and silent. */
    IDLE,
    /** Requests that are acknowledged. */
    ECHO,
    /** Messages to one room with everyone in it. */
    BROADCAST,
    /** Messages to many small rooms. */
    ROOMS,
    /** Several messages at once to one room with everyone in it. */
    BURSTS,
    /** Connections that are set up and ended. */
    STORM,
    /** Messages to one room, some of whose members do not read. */
    SLOW;

    /** Whether it publishes to rooms. */
    boolean publishes() {
        return this == BROADCAST || this == ROOMS || this == BURSTS || this == SLOW;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
