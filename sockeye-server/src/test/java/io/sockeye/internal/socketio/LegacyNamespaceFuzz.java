// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.event.Args;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.Packet;
import java.nio.charset.StandardCharsets;

/** The namespace that a client of Socket.IO 2 asks for, with its query. */
public final class LegacyNamespaceFuzz {
    private static final JsonFormat FORMAT = new JsonFormat();

    private LegacyNamespaceFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Packet.Connect packet = new Packet.Connect(new String(input, StandardCharsets.UTF_8), null);
        Args auth = LegacyNamespace.auth(packet);
        if (LegacyNamespace.name(packet).indexOf('?') >= 0) {
            throw new AssertionError("a name has no query");
        }
        if (auth != null && FORMAT.ack("/", 1, auth).head().length == 0) {
            throw new AssertionError("a query can be written as JSON");
        }
    }
}
