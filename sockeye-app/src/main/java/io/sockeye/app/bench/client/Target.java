// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.sockeye.app.bench.wire.PacketFormat;

/**
 * The server under test and how to speak to it.
 *
 * @param path of Socket.IO, or of the plain WebSocket
 * @param raw whether {@code path} is a plain WebSocket
 */
public record Target(String host, int port, String path, boolean raw, TransportKind transport, PacketFormat format) {
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return name + ":" + port;
    }
}
