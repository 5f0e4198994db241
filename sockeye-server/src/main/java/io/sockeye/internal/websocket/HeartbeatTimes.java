// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.websocket;

/**
 * When the connections of an endpoint are looked at. Milliseconds, or {@link #NEVER}.
 *
 * @param interval from one ping to the next
 * @param timeout from a ping to the end of a client that is silent
 * @param idle from the last message of a client to its end
 */
public record HeartbeatTimes(long interval, long timeout, long idle) {
    /** A hundred years. */
    public static final long NEVER = 100L * 365 * 24 * 3600 * 1000;

    boolean none() {
        return interval >= NEVER && idle >= NEVER;
    }
}
