// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import io.sockeye.event.Args;
import java.util.List;
import java.util.Set;

/**
 * What came of a message that several sockets were asked to acknowledge.
 *
 * @param replies the arguments of each acknowledgement, in the order they came
 * @param missing the ids of sockets of this node that did not acknowledge
 * @param expected how many sockets were asked, on all nodes
 */
public record AckReplies(List<Args> replies, Set<String> missing, int expected) {
    public AckReplies {
        replies = List.copyOf(replies);
        missing = Set.copyOf(missing);
    }
}
