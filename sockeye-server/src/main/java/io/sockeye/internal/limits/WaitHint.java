// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.PacketHint;
import org.jspecify.annotations.Nullable;

/**
 * How a packet waits, where that differs from what the connection does with others.
 *
 * @param key a later packet with this key takes the place of this one while it waits; null for none
 * @param policy what happens where it finds no place; null for that of the connection
 * @param gate where its publishers wait if the policy pauses them; null if it does not
 */
public record WaitHint(
        @Nullable String key,
        @Nullable SlowConsumerPolicy policy,
        @Nullable PublisherGate gate) implements PacketHint {

    /** The hint of a packet, or null. */
    public static @Nullable WaitHint of(EncodedPacket packet) {
        return packet.hint() instanceof WaitHint hint ? hint : null;
    }

    /** The key of a packet, or null. */
    public static @Nullable String keyOf(EncodedPacket packet) {
        return packet.hint() instanceof WaitHint hint ? hint.key() : null;
    }
}
