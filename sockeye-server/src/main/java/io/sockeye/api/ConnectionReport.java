// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.Map;

/**
 * Who is connected, and who was not let in, at one moment.
 *
 * @param connections Socket.IO sessions and plain WebSockets, which the limits are about
 * @param turnedAway sessions that are only there to be told that they are one too many
 * @param tcpConnections accepted TCP connections, those of sessions among them
 * @param refused how often each reason applied since the server was built; every reason is there
 */
public record ConnectionReport(int connections, int turnedAway, int tcpConnections, Map<RefusalReason, Long> refused) {
    public ConnectionReport {
        refused = Map.copyOf(refused);
    }

    /** All refusals together. */
    public long refusedInAll() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
