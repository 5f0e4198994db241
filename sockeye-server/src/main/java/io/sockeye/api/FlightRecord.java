// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.time.Instant;
import java.util.List;

/**
 * The last frames of a connection that ended over a fault.
 *
 * @param remoteAddress the peer's address
 * @param reason how the connection ended
 * @param frames the oldest first
 */
public record FlightRecord(String remoteAddress, DisconnectReason reason, List<Frame> frames) {
    public FlightRecord {
        frames = List.copyOf(frames);
    }

    /**
     * One packet of Engine.IO.
     *
     * @param at when it came, or was handed to the transport
     * @param received whether the client sent it
     * @param binary whether it is binary
     * @param length its bytes, those that were not kept included
     * @param excerpt what was kept of it and may be seen: text, or hexadecimal digits
     */
    public record Frame(Instant at, boolean received, boolean binary, int length, String excerpt) {}
}
