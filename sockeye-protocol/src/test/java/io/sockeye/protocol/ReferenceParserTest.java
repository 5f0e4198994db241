// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("client")
@Timeout(300)
class ReferenceParserTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] ATTACHMENT = {1, 2, 3};

    /** What the reference implementation takes and we refuse, with the reason. */
    private static final Map<String, String> STRICTER = stricter();

    private static ReferenceParser reference;
    private final JsonFormat format = new JsonFormat();

    /**
     * @param text the packet without its Engine.IO type
     * @param attachments the number of binary messages that follow it
     */
    record Sample(String text, int attachments) {}

    @BeforeAll
    static void startNode() throws Exception {
        reference = new ReferenceParser();
    }

    @AfterAll
    static void stopNode() throws IOException {
        reference.close();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void verdictIsThatOfTheReference(Sample sample) {
        JsonNode theirs = reference.ask(
                "decode",
                Map.of(
                        "text",
                        sample.text(),
                        "attachments",
                        Collections.nCopies(sample.attachments(), Shapes.plain(ATTACHMENT))));
        String reason = STRICTER.get(sample.text());
        String expected = theirs.get("verdict").asString();
        if (reason == null) {
            assertThat(verdict(sample)).as("the reference says %s", theirs).isEqualTo(expected);
        } else {
            assertThat(expected).as("difference that is listed: %s", reason).isNotEqualTo("reject");
            assertThat(verdict(sample)).isEqualTo("reject");
        }
        if (expected.equals("accept") && reason == null) {
            assertThat(Shapes.of(ours(sample))).isEqualTo(expectedShape(theirs.get("packet")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWeEncodeIsDecodedThereToTheSameValues(boolean binary) {
        long seed = System.nanoTime();
        RandomValues values = new RandomValues(new SplittableRandom(seed), binary);
        for (int round = 0; round < 1000; round++) {
            String name = "n" + values.text();
            @Nullable Object[] arguments = values.arguments();
            EncodedPacket packet = format.event("/chat", round, name, arguments);
            JsonNode theirs = reference.ask("decode", request(packet));
            List<@Nullable Object> data = new ArrayList<>(List.of(name));
            Collections.addAll(data, arguments);
            assertThat(comparable(theirs.get("packet").get("data")))
                    .as("seed %d, round %d: %s", seed, round, packet)
                    .isEqualTo(Shapes.plain(data));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsEncodedThereIsDecodedByUsToTheSameValues(boolean binary) {
        long seed = System.nanoTime();
        RandomValues values = new RandomValues(new SplittableRandom(seed), binary);
        for (int round = 0; round < 1000; round++) {
            Map<String, Object> packet = new LinkedHashMap<>();
            packet.put("type", 3.0);
            packet.put("nsp", round % 2 == 0 ? "/" : "/chat");
            packet.put("id", (double) round);
            packet.put("data", Shapes.plain(List.of("x", Collections.unmodifiableList(listOf(values.arguments())))));
            JsonNode encoded = reference.ask("encode", Map.of("packet", packet));
            assertThat(Shapes.of(decode(encoded)))
                    .as("seed %d, round %d: %s", seed, round, encoded)
                    .isEqualTo(packet);
        }
    }

    @Test
    void pollingPayloadsAreReadTheSameWayOnBothSides() {
        List<EncodedPacket> packets = List.of(
                EncodedPacket.control(EnginePacketType.PING, ""),
                format.event("/", 0, "bin", "é\u2028😀", new byte[] {4, -1, 0}, new byte[0]),
                EncodedPacket.control(EnginePacketType.NOOP, ""));
        String payload = new String(EnginePayload.encode(packets), StandardCharsets.UTF_8);

        JsonNode theirs =
                reference.ask("decodePayload", Map.of("payload", payload)).get("packets");

        assertThat(theirs).hasSize(5);
        assertThat(theirs.get(0).get("type").asString()).isEqualTo("ping");
        assertThat(theirs.get(1).get("data").asString()).startsWith("52-0[\"bin\",\"é\u2028😀\",");
        assertThat(binary(theirs.get(2).get("data"))).containsExactly(4, -1, 0);
        assertThat(binary(theirs.get(3).get("data"))).isEmpty();

        String again = reference
                .ask("encodePayload", Map.of("packets", theirs))
                .get("payload")
                .asString();
        assertThat(again).isEqualTo(payload);
        assertThat(EnginePayload.decode(again.getBytes(StandardCharsets.UTF_8))).hasSize(5);
    }

    static Stream<Sample> samples() throws IOException {
        try (InputStream file = ReferenceParserTest.class.getResourceAsStream("packets.jsonl")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> JSON.readTree(line))
                            .map(row ->
                                    new Sample(row.get(0).asString(), row.get(1).asInt()))
                            .toList()
                            .stream();
        }
    }

    private String verdict(Sample sample) {
        try {
            return ours(sample) == null ? "pending" : "accept";
        } catch (ProtocolException refusal) {
            return "reject";
        }
    }

    private @Nullable Packet ours(Sample sample) {
        PacketAssembler assembler = format.newAssembler(ProtocolLimits.DEFAULTS);
        byte[] text = sample.text().getBytes(StandardCharsets.UTF_8);
        Packet packet = assembler.text(text, 0, text.length);
        for (int count = 0; count < sample.attachments(); count++) {
            packet = assembler.binary(ATTACHMENT);
        }
        return packet;
    }

    private Packet decode(JsonNode encoded) {
        PacketAssembler assembler = format.newAssembler(ProtocolLimits.DEFAULTS);
        byte[] text = encoded.get("text").asString().getBytes(StandardCharsets.UTF_8);
        Packet packet = assembler.text(text, 0, text.length);
        for (JsonNode attachment : encoded.get("attachments")) {
            packet = assembler.binary(binary(attachment));
        }
        return packet;
    }

    private static Map<String, Object> request(EncodedPacket packet) {
        String text = new String(packet.head(), StandardCharsets.UTF_8).substring(1);
        List<Object> attachments = new ArrayList<>();
        packet.attachments().forEach(attachment -> attachments.add(Shapes.plain(attachment)));
        return Map.of("text", text, "attachments", attachments, "maxAttachments", 1000);
    }

    private static byte[] binary(JsonNode node) {
        return Base64.getDecoder().decode(node.get("$binary").asString());
    }

    private static List<@Nullable Object> listOf(@Nullable Object[] values) {
        List<@Nullable Object> list = new ArrayList<>();
        Collections.addAll(list, values);
        return list;
    }

    private static @Nullable Object comparable(JsonNode node) {
        return Shapes.plain(JSON.treeToValue(node, Object.class));
    }

    /** Their packet without what has no meaning: ids of packets that are no events, and events without a name. */
    private static Map<Object, @Nullable Object> expectedShape(JsonNode packet) {
        Map<Object, @Nullable Object> shape = new LinkedHashMap<>((Map<?, ?>) comparable(packet));
        int type = packet.get("type").asInt();
        if (type == 2) {
            List<@Nullable Object> data = new ArrayList<>((List<?>) shape.getOrDefault("data", List.of("")));
            data.set(0, packet.path("data").path(0).asString());
            shape.put("data", data);
        } else if (type == 3) {
            shape.putIfAbsent("data", List.of());
        } else {
            shape.remove("id");
        }
        return shape;
    }

    private static Map<String, String> stricter() {
        Map<String, String> reasons = new HashMap<>();
        String type = "the type is a digit, not whatever Number() takes for 0";
        reasons.put("", type);
        reasons.put(" ", type);
        String blank = "a blank is no digit of an id, though Number() takes it for 0";
        reasons.put("0 {}", blank);
        reasons.put("2 [\"a\"]", blank);
        reasons.put("2\t[\"a\"]", blank);
        reasons.put("212 [\"a\"]", blank);
        reasons.put("2\ufeff[\"a\"]", blank);
        String ackId = "an id that a double cannot hold would be answered with another one";
        reasons.put("29007199254740992[\"a\"]", ackId);
        reasons.put("2100000000000000000000[\"a\"]", ackId);
        reasons.put("2" + "1".repeat(400) + "[\"a\"]", ackId);
        String count = "the number of attachments is digits, not whatever Number() takes";
        reasons.put("51e0-[\"a\"]", count);
        reasons.put("50x1-[\"a\"]", count);
        reasons.put("5 1-[\"a\"]", count);
        reasons.put("5+1-[\"a\"]", count);
        String number = "an attachment has a whole number, of digits";
        reasons.put("51-[\"a\",{\"_placeholder\":true,\"num\":0.5}]", number);
        reasons.put("51-[\"a\",{\"_placeholder\":true,\"num\":-0}]", number);
        String nested = "a placeholder inside of a placeholder would be lost";
        reasons.put("51-[\"a\",{\"_placeholder\":true,\"num\":0,\"x\":{\"_placeholder\":true,\"num\":3}}]", nested);
        reasons.put("52-[\"a\",{\"x\":{\"_placeholder\":true,\"num\":0},\"_placeholder\":true,\"num\":1}]", nested);
        String twice = "an attachment has one place: a small packet must not become a large value";
        reasons.put("51-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]", twice);
        reasons.put("61-[\"a\",{\"_placeholder\":true,\"num\":0},{\"b\":{\"_placeholder\":true,\"num\":0}}]", twice);
        reasons.put("52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]", twice);
        return reasons;
    }
}
