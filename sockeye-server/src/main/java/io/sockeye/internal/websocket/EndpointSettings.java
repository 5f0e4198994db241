// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.websocket;

import io.sockeye.api.Cors;
import io.sockeye.internal.outbox.OutboxBounds;
import io.sockeye.internal.outbox.OutboxCounters;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the WebSocket endpoints of a server share.
 *
 * @param maxMessageBytes the largest message accepted
 * @param mailboxCapacity messages of one connection that may wait before it is no longer read
 */
public record EndpointSettings(
        int maxMessageBytes,
        int mailboxCapacity,
        Cors cors,
        OutboxBounds outbox,
        OutboxCounters counters,
        Executor executor,
        Supplier<String> ids) {}
