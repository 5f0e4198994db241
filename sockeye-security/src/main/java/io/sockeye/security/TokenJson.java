// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.ProtocolLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of tokens as strictly, and within the same bounds, as that of packets. Any thread. */
/* The one parser of both header and claims, so that no two of them can disagree about what a token says. An object stands for the
 * argument of an acknowledgement.
 */
final class TokenJson {
    private static final JsonFormat FORMAT = new JsonFormat();
    private static final byte[] BEFORE = "30[".getBytes(StandardCharsets.US_ASCII);

    private TokenJson() {}

    /**
     * One JSON object, as one argument.
     *
     * @throws InvalidToken if it is anything else
     */
    static Args object(byte[] json) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(json.length + BEFORE.length + 1);
        text.writeBytes(BEFORE);
        text.writeBytes(json);
        text.write(']');
        try {
            Packet packet = FORMAT.newAssembler(ProtocolLimits.DEFAULTS).text(text.toByteArray(), 0, text.size());
            if (packet instanceof Packet.Ack ack && ack.args().size() == 1 && startsAsObject(json)) {
                return ack.args();
            }
        } catch (ProtocolException e) {
            throw new InvalidToken(TokenFault.MALFORMED);
        }
        throw new InvalidToken(TokenFault.MALFORMED);
    }

    private static boolean startsAsObject(byte[] json) {
        for (byte b : json) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{';
            }
        }
        return false;
    }

    /**
     * The members of an object.
     *
     * @throws InvalidToken if they cannot be represented
     */
    static Map<String, @Nullable Object> members(Args object) {
        try {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            if (object.values().get(0) instanceof Map<?, ?> values) {
                values.forEach((name, value) -> members.put(String.valueOf(name), value));
            }
            return members;
        } catch (PayloadException e) {
            throw new InvalidToken(TokenFault.MALFORMED);
        }
    }
}
