// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.Cors;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.internal.limits.RateGuard;
import io.sockeye.internal.outbox.OutboxBounds;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Engine.IO sessions are run. Times in milliseconds, sizes in bytes.
 *
 * @param pingInterval from a pong to the next ping
 * @param pingTimeout from a ping to the end of an unanswering client
 * @param upgradeTimeout from a WebSocket opened for an upgrade to its end if the upgrade is not completed
 * @param maxPayload the largest message, polling body and polling answer
 * @param transports the transports that are served
 * @param allowUpgrades whether polling clients are told that they may upgrade
 * @param allowVersion3 whether clients of Engine.IO 3 are served too
 * @param cors the origins that may come
 * @param outbox the bounds of what waits for one client
 * @param deflate whether to compress on WebSockets
 * @param compression compresses the answers to polls
 * @param limits how many clients there may be
 * @param rates the rate limits, or null for none
 */
public record EngineOptions(
        long pingInterval,
        long pingTimeout,
        long upgradeTimeout,
        int maxPayload,
        Set<TransportName> transports,
        boolean allowUpgrades,
        boolean allowVersion3,
        Cors cors,
        OutboxBounds outbox,
        PerMessageDeflate deflate,
        PollCompression compression,
        ConnectionLimits limits,
        @Nullable RateGuard rates) {

    /** Options without compression and without limits. */
    public EngineOptions(
            long pingInterval,
            long pingTimeout,
            long upgradeTimeout,
            int maxPayload,
            Set<TransportName> transports,
            boolean allowUpgrades,
            boolean allowVersion3,
            Cors cors,
            OutboxBounds outbox) {
        this(
                pingInterval,
                pingTimeout,
                upgradeTimeout,
                maxPayload,
                transports,
                allowUpgrades,
                allowVersion3,
                cors,
                outbox,
                PerMessageDeflate.off(),
                PollCompression.off(),
                ConnectionLimits.none(),
                null);
    }
}
