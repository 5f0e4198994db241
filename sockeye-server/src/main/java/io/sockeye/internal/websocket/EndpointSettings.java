// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.websocket;

import io.sockeye.api.Cors;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.limits.RateGuard;
import io.sockeye.internal.outbox.OutboxBounds;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.timing.TimerWheel;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the WebSocket endpoints of a server share.
 *
 * @param maxMessageBytes the largest message accepted
 * @param wheels the deadlines, by the index of the loop
 * @param limits how many clients there may be
 * @param mailbox what may wait of the messages of one connection before it is no longer read
 */
public record EndpointSettings(
        int maxMessageBytes,
        SerialQueue.Bounds mailbox,
        Cors cors,
        OutboxBounds outbox,
        OutboxCounters counters,
        Executor executor,
        Supplier<String> ids,
        PerMessageDeflate deflate,
        List<TimerWheel> wheels,
        ConnectionLimits limits,
        RateGuard rates) {}
