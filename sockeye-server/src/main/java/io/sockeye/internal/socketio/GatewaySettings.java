// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.protocol.ProtocolLimits;
import io.sockeye.protocol.WireFormat;
import java.util.function.Supplier;

/**
 * How the Socket.IO protocol is run.
 *
 * @param connectTimeout milliseconds for a connection to join its first namespace
 * @param limits the bounds of one packet
 * @param format how packets are written
 * @param socketIds gives a new public id at each call
 */
public record GatewaySettings(
        long connectTimeout, ProtocolLimits limits, WireFormat format, Supplier<String> socketIds) {}
