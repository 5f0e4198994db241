// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** A polling body, read as each of the framings of Engine.IO 3 and 4, written, and read again. */
public final class EnginePayloadFuzz {
    private EnginePayloadFuzz() {}

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        check(input, EnginePayload::decode, EnginePayload::encode);
        check(input, EnginePayload3::decodeText, EnginePayload3::encodeText);
        check(input, EnginePayload3::decodeBinary, EnginePayload3::encodeBinary);
        check(input, body -> List.of(EnginePayload.decodeText(body)), EnginePayloadFuzz::writeMessage);
        check(input, body -> List.of(EnginePayload3.decodeTextMessage(body)), EnginePayloadFuzz::writeMessage3);
        checkBinaryMessage(input);
    }

    private static void check(
            byte[] body, Function<byte[], List<EnginePacket>> decode, Function<List<EncodedPacket>, byte[]> encode) {
        List<EnginePacket> packets;
        try {
            packets = decode.apply(body);
        } catch (ProtocolException refusal) {
            FuzzChecks.requireDocumented(refusal);
            return;
        }
        List<EncodedPacket> written =
                packets.stream().map(EnginePayloadFuzz::encoded).toList();
        List<EnginePacket> again = decode.apply(encode.apply(written));
        FuzzChecks.requireSame(shapes(packets), shapes(again), "packets that are written and read stay what they are");
    }

    private static void checkBinaryMessage(byte[] message) {
        try {
            byte[] data = EnginePayload3.decodeBinaryMessage(message);
            byte[] typed = EncodedPacket.binary(data).forVersion3().head();
            FuzzChecks.requireSame(latin(message), latin(typed), "a binary message stays what it is");
        } catch (ProtocolException refusal) {
            FuzzChecks.requireDocumented(refusal);
        }
    }

    private static byte[] writeMessage(List<EncodedPacket> packets) {
        EncodedPacket packet = packets.get(0);
        return packet.text() ? packet.head() : EnginePayload.encodeBase64(packet.head());
    }

    private static byte[] writeMessage3(List<EncodedPacket> packets) {
        EncodedPacket packet = packets.get(0);
        return packet.text() ? packet.head() : EnginePayload3.encodeBase64(packet.head());
    }

    private static EncodedPacket encoded(EnginePacket packet) {
        return packet.binary()
                ? EncodedPacket.binary(packet.bytes())
                : EncodedPacket.control(packet.type(), packet.text());
    }

    private static List<String> shapes(List<EnginePacket> packets) {
        return packets.stream()
                .map(packet -> packet.type() + " " + packet.binary() + " " + latin(packet.bytes()))
                .toList();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
