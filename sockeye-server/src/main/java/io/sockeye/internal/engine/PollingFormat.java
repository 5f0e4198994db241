// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpResponse;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacket;
import java.util.List;

/** How the packets of one polling session are put into HTTP bodies. Immutable. */
interface PollingFormat {
    /** The format for a session that is opened with a query. */
    static PollingFormat of(EngineVersion version, EngineQuery query) {
        String script = query.scriptIndex();
        if (version == EngineVersion.V4) {
            return script == null ? PayloadFormat.V4 : new ScriptFormat(PayloadFormat.V4, script);
        }
        if (script != null) {
            return new ScriptFormat(PayloadFormat.V3_TEXT, script);
        }
        return query.base64() ? PayloadFormat.V3_TEXT : PayloadFormat.V3;
    }

    /** The most bytes that a packet takes in a payload. */
    int size(EncodedPacket packet);

    /** The answer to a poll. */
    HttpResponse answer(List<EncodedPacket> packets);

    /** Whether a POST may hold {@code application/octet-stream}. */
    boolean takesBytes();

    /**
     * The packets of a POST.
     *
     * @param bytes whether it holds {@code application/octet-stream}
     * @throws io.sockeye.protocol.ProtocolException if the body is no payload
     */
    List<EnginePacket> decode(byte[] body, boolean bytes);
}
