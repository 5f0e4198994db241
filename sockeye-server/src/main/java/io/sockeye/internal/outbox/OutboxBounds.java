// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.internal.limits.PublisherGate;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of what waits for one client.
 *
 * @param maxBytes bytes that may wait; a single packet is accepted whatever its size when nothing waits
 * @param maxPackets packets that may wait
 * @param policy what happens beyond
 * @param gate where publishers wait if the policy pauses them, or null
 */
public record OutboxBounds(
        long maxBytes,
        int maxPackets,
        SlowConsumerPolicy policy,
        @Nullable PublisherGate gate) {
    /** Bounds at which nobody waits. */
    public OutboxBounds(long maxBytes, int maxPackets, SlowConsumerPolicy policy) {
        this(maxBytes, maxPackets, policy, null);
    }
}
