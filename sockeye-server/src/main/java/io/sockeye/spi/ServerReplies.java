// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import io.sockeye.event.Args;
import java.util.List;

/**
 * What other servers answered.
 *
 * @param replies the arguments of each answer
 * @param expected how many servers were asked
 */
public record ServerReplies(List<Args> replies, int expected) {
    public ServerReplies {
        replies = List.copyOf(replies);
    }
}
