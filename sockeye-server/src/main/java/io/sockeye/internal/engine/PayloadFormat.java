// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpResponse;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.EnginePayload;
import io.sockeye.protocol.EnginePayload3;
import java.util.List;

/** A payload that is an HTTP body as it is. */
enum PayloadFormat implements PollingFormat {
    V4,
    /** Version 3: bytes as soon as a packet has binary data, else text. */
    V3,
    /** Version 3 for clients that take only text. */
    V3_TEXT;

    private static final Headers TEXT = headers("text/plain; charset=UTF-8");
    private static final Headers BYTES = headers("application/octet-stream");

    private static Headers headers(String contentType) {
        return Headers.of("content-type", contentType, "cache-control", "no-store");
    }

    @Override
    public int size(EncodedPacket packet) {
        return this == V4 ? 1 + EnginePayload.size(packet) : EnginePayload3.size(packet, this == V3_TEXT);
    }

    @Override
    public HttpResponse answer(List<EncodedPacket> packets) {
        if (this == V3 && EnginePayload3.holdBinary(packets)) {
            return new HttpResponse(200, BYTES, EnginePayload3.encodeBinary(packets));
        }
        return new HttpResponse(200, TEXT, encodeText(packets));
    }

    byte[] encodeText(List<EncodedPacket> packets) {
        return this == V4 ? EnginePayload.encode(packets) : EnginePayload3.encodeText(packets);
    }

    @Override
    public boolean takesBytes() {
        return this != V4;
    }

    @Override
    public List<EnginePacket> decode(byte[] body, boolean bytes) {
        if (this == V4) {
            return EnginePayload.decode(body);
        }
        return bytes ? EnginePayload3.decodeBinary(body) : EnginePayload3.decodeText(body);
    }
}
