// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.event.PayloadException;
import io.sockeye.internal.transport.FirstRequest;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.MessagePackFormat;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.ProtocolLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The auth payload of a CONNECT packet: whatever is let in, middleware can read without fail. */
public final class ConnectAuthFuzz {
    private static final FirstRequest REQUEST = FirstRequest.of(
            new HttpRequest("GET", "/", "/", Headers.of("host", "localhost"), "127.0.0.1", false, new byte[0]),
            Instant.EPOCH);

    private ConnectAuthFuzz() {}

    private record Login(@Nullable String token, @Nullable Map<String, Object> more) {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            check(new JsonFormat().newAssembler(ProtocolLimits.DEFAULTS).text(json(input), 0, json(input).length));
        } catch (ProtocolException refusal) {
            require(
                    refusal.getMessage().equals(refusal.error().reason()),
                    "a refusal says its reason and nothing else");
        }
        try {
            check(new MessagePackFormat().newAssembler(ProtocolLimits.DEFAULTS).binary(input));
        } catch (ProtocolException refusal) {
            require(
                    refusal.getMessage().equals(refusal.error().reason()),
                    "a refusal says its reason and nothing else");
        }
    }

    /** As well-formed UTF-8, which is all that comes here. */
    private static byte[] json(byte[] input) {
        return new String(input, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static void check(@Nullable Packet packet) {
        if (!(packet instanceof Packet.Connect connect)) {
            return;
        }
        HandshakeImpl handshake = new HandshakeImpl(REQUEST, connect.namespace(), connect.auth());
        for (Map.Entry<String, @Nullable Object> field : handshake.auth().entrySet()) {
            String text = handshake.auth(field.getKey());
            require(text == null || text.equals(field.getValue()), "a field is what the map has");
        }
        handshake.auth("token");
        try {
            handshake.authAs(Login.class);
        } catch (PayloadException mismatch) {
            require(mismatch.getMessage().startsWith("Argument 0 "), "a fault names its argument");
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }
}
