// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of one loop that wait for their first request. When there are too many the oldest goes: a client that wants
 * something says so at once, and who only holds connections must not keep others out. Loop only.
 */
final class PendingConnections {
    private final Set<HttpConnection> waiting = new LinkedHashSet<>();
    private final int limit;

    PendingConnections(int limit) {
        this.limit = limit;
    }

    void add(HttpConnection connection) {
        waiting.add(connection);
        if (waiting.size() > limit) {
            Iterator<HttpConnection> oldest = waiting.iterator();
            HttpConnection loser = oldest.next();
            oldest.remove();
            loser.crowdedOut();
        }
    }

    boolean has(HttpConnection connection) {
        return waiting.contains(connection);
    }

    /** False if it was not there. */
    boolean remove(HttpConnection connection) {
        return waiting.remove(connection);
    }
}
