// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.time.Duration;
import java.util.List;

/**
 * The handshake of Engine.IO: the first packet of every session, sent by the server.
 *
 * @param sessionId the secret id of the session, of characters that need no escape in JSON
 * @param upgrades the transports that the client may change to
 * @param pingInterval time between two pings: of the server, or of the client in Engine.IO 3
 * @param pingTimeout time that the other side has to answer a ping
 * @param maxPayload the most bytes that the server takes in one message or polling request
 */
public record OpenPacket(
        String sessionId, List<String> upgrades, Duration pingInterval, Duration pingTimeout, int maxPayload) {

    public OpenPacket {
        upgrades = List.copyOf(upgrades);
        requirePlain(sessionId);
        upgrades.forEach(OpenPacket::requirePlain);
    }

    public EncodedPacket encode() {
        String transports = upgrades.isEmpty() ? "" : "\"" + String.join("\",\"", upgrades) + "\"";
        return EncodedPacket.control(
                EnginePacketType.OPEN,
                "{\"sid\":\"" + sessionId + "\",\"upgrades\":[" + transports + "],\"pingInterval\":"
                        + pingInterval.toMillis() + ",\"pingTimeout\":" + pingTimeout.toMillis() + ",\"maxPayload\":"
                        + maxPayload + "}");
    }

    private static void requirePlain(String text) {
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\')) {
            throw new IllegalArgumentException(
                    "Expected visible ASCII characters without quote and backslash, but got: " + text);
        }
    }
}
