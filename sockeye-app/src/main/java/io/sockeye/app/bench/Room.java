// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.Session;
import io.sockeye.app.bench.wire.PacketTemplate;
import java.util.List;

/**
 * A room of the test.
 *
 * @param join joins it
 * @param publish publishes to it
 * @param readers members that read
 * @param readersByLoop the same, for each event loop
 * @param publishers sessions that publish to it, none of them a member
 */
record Room(
        PacketTemplate join,
        PacketTemplate publish,
        int readers,
        List<Integer> readersByLoop,
        List<Session> publishers) {
    Session publisher(long turn) {
        return publishers.get((int) (turn % publishers.size()));
    }
}
