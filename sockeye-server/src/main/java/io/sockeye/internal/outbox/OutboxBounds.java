// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.outbox;

import io.sockeye.api.SlowConsumerPolicy;

/**
 * The bounds of what waits for one client.
 *
 * @param maxBytes bytes that may wait; a single packet is accepted whatever its size when nothing waits
 * @param maxPackets packets that may wait
 * @param policy what happens beyond
 */
public record OutboxBounds(long maxBytes, int maxPackets, SlowConsumerPolicy policy) {}
