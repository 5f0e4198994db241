// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What came of a request to several sockets.
 *
 * @param values the replies, in the order they came; nulls if {@code Void} was asked for
 * @param missing the ids of sockets of this node that did not reply: silent until the deadline, gone, or not sent to because they
 *     are behind. A reply that is not of the type that was asked for is in neither of the two
 * @param expected how many sockets were asked, on all nodes
 */
public record Replies<R>(List<R> values, Set<String> missing, int expected) {
    public Replies {
        values = Collections.unmodifiableList(new ArrayList<>(values));
        missing = Set.copyOf(missing);
    }

    /** Whether every socket that was asked has replied. */
    public boolean complete() {
        return values.size() == expected;
    }
}
