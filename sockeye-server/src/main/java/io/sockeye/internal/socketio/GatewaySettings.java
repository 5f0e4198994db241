// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.guard.ConnectionLimits;
import io.sockeye.guard.ConnectionsPerUser;
import io.sockeye.internal.core.WireFormats;
import io.sockeye.internal.limits.RateGuard;
import io.sockeye.protocol.ProtocolLimits;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the Socket.IO protocol is run.
 *
 * @param connectTimeout milliseconds for a connection to join its first namespace
 * @param packets the bounds of one packet
 * @param formats how packets may be written
 * @param limits how many clients there may be
 * @param users counts the connections of each user, or null if nobody does
 * @param rates the rate limits
 * @param maxNamespaces namespaces that a connection may have joined or wait for
 * @param socketIds gives a new public id at each call
 */
public record GatewaySettings(
        long connectTimeout,
        ProtocolLimits packets,
        WireFormats formats,
        ConnectionLimits limits,
        @Nullable ConnectionsPerUser users,
        RateGuard rates,
        int maxNamespaces,
        Supplier<String> socketIds) {}
