// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Packets with faults made by chance: what the reference refuses we refuse, and what both take has one meaning. */
@Tag("client")
@Timeout(300)
class FaultyPacketReferenceTest {
    private static final int ROUNDS = Integer.getInteger("sockeye.faulty.rounds", 5_000);
    private static final String SYNTAX = "[]{}:,\"\\0123456789-+.eE/?_ tfnu\n";
    private static final Set<String> KEYS = Set.of("type", "nsp", "id", "data");
    private static final JsonMapper JSON = new JsonMapper();

    /** Why we refuse in JSON what the reference takes. */
    private static final Map<ProtocolError, String> STRICTER_JSON = Map.of(
            ProtocolError.UNKNOWN_PACKET_TYPE, "the type is a digit, not whatever Number() takes for 0",
            ProtocolError.INVALID_PAYLOAD, "a blank is no digit of an id, though Number() takes it for 0",
            ProtocolError.INVALID_ACK_ID, "an id that a double cannot hold would be answered with another one",
            ProtocolError.INVALID_ATTACHMENT_COUNT, "the number of attachments is digits, not whatever Number() takes",
            ProtocolError.ILLEGAL_ATTACHMENT, "an attachment has one place and a whole number, of digits");

    /** Why we refuse in MessagePack what the reference takes. */
    private static final Map<ProtocolError, String> STRICTER_MESSAGE_PACK = Map.of(
            ProtocolError.INVALID_UTF8, "text that is no UTF-8 could not be passed on to others",
            ProtocolError.INVALID_PAYLOAD, "the name of an event is text or a number, as in JSON",
            ProtocolError.INVALID_ACK_ID, "an id is counted from 0, and below 2^53",
            ProtocolError.DUPLICATE_KEY, "of two types or namespaces another reader may take the other one",
            ProtocolError.TOO_MANY_ATTACHMENTS, "what one format lets in, others can pass on",
            ProtocolError.KEY_NOT_TEXT, "maps have names, as objects of JSON have",
            ProtocolError.UNKNOWN_EXTENSION, "what is unknown cannot be passed on to others");

    private static ReferenceParser reference;

    private final long seed = Long.getLong("sockeye.faulty.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final RandomValues values = RandomValues.wellFormed(random);

    @BeforeAll
    static void startNode() throws Exception {
        reference = new ReferenceParser();
    }

    @AfterAll
    static void stopNode() throws IOException {
        reference.close();
    }

    @Test
    void inJson() {
        JsonFormat format = new JsonFormat();
        for (int round = 0; round < ROUNDS; round++) {
            EncodedPacket packet = format.event("/chat", round, "e" + values.text(), values.arguments());
            byte[] text = Arrays.copyOfRange(packet.head(), 1, packet.head().length);
            for (int faults = random.nextInt(3); faults >= 0; faults--) {
                text = withFault(text, (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length())));
            }
            // Text that is no UTF-8 does not come this far.
            byte[] sent = new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            compare(
                    new String(sent, StandardCharsets.UTF_8),
                    theirs(sent, packet.attachments()),
                    () -> assemble(format.newAssembler(ProtocolLimits.DEFAULTS), sent, packet.attachments()),
                    STRICTER_JSON);
        }
    }

    @Test
    void inMessagePack() {
        MessagePackFormat format = new MessagePackFormat();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = format.event("/chat", round, "e" + values.text(), values.arguments())
                    .head();
            for (int faults = random.nextInt(3); faults >= 0; faults--) {
                bytes = withFault(bytes, (byte) random.nextInt(256));
            }
            byte[] sent = bytes;
            compare(
                    HexFormat.of().formatHex(sent),
                    reference.ask("decodeMessagePack", Map.of("message", Shapes.plain(sent))),
                    () -> format.newAssembler(ProtocolLimits.DEFAULTS).binary(sent),
                    STRICTER_MESSAGE_PACK);
        }
    }

    private void compare(
            String message, JsonNode theirs, Supplier<@Nullable Packet> decoder, Map<ProtocolError, String> stricter) {
        String verdict = theirs.get("verdict").asString();
        String context = "seed %d: %s, of which the reference says %s".formatted(seed, message, theirs);
        Packet ours;
        try {
            ours = decoder.get();
        } catch (ProtocolException refusal) {
            assertThat(verdict.equals("reject") || stricter.containsKey(refusal.error()))
                    .as("%s and we %s", context, refusal.error())
                    .isTrue();
            return;
        }
        assertThat(ours == null ? "pending" : "accept").as(context).isEqualTo(verdict);
        if (ours != null) {
            Map<String, Object> shape = Shapes.of(ours);
            JsonNode name = theirs.path("packet").path("data").path(0);
            if (ours instanceof Packet.Event event && name.isNumber()) {
                // We keep a number that is a name as it was written.
                assertThat(Double.parseDouble(event.name())).as(context).isEqualTo(name.asDouble());
                shape.put("data", rename(shape.get("data"), name.asString()));
            }
            assertThat(shape).as(context).isEqualTo(shape(theirs.get("packet")));
        }
    }

    private static JsonNode theirs(byte[] text, List<byte[]> attachments) {
        List<@Nullable Object> plain = new ArrayList<>();
        attachments.forEach(attachment -> plain.add(Shapes.plain(attachment)));
        return reference.ask("decode", Map.of("text", new String(text, StandardCharsets.UTF_8), "attachments", plain));
    }

    private static @Nullable Packet assemble(PacketAssembler assembler, byte[] text, List<byte[]> attachments) {
        Packet packet = assembler.text(text, 0, text.length);
        for (byte[] attachment : attachments) {
            packet = assembler.binary(attachment);
        }
        return packet;
    }

    /** Their packet without what has no meaning: other keys, ids of packets that are no events, and names that are numbers. */
    private static Map<String, @Nullable Object> shape(JsonNode packet) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        packet.properties().stream()
                .filter(property -> KEYS.contains(property.getKey()))
                .forEach(property -> shape.put(property.getKey(), comparable(property.getValue())));
        switch (packet.get("type").asInt()) {
            case 2 ->
                shape.put(
                        "data",
                        rename(
                                shape.getOrDefault("data", List.of("")),
                                packet.path("data").path(0).asString()));
            case 3 -> shape.putIfAbsent("data", List.of());
            default -> shape.remove("id");
        }
        return shape;
    }

    private static List<@Nullable Object> rename(@Nullable Object event, String name) {
        List<@Nullable Object> renamed = new ArrayList<>((List<?>) event);
        renamed.set(0, name);
        return renamed;
    }

    private static @Nullable Object comparable(JsonNode node) {
        return withDates(Shapes.plain(JSON.treeToValue(node, Object.class)));
    }

    private static @Nullable Object withDates(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(FaultyPacketReferenceTest::withDates).toList();
        }
        if (value instanceof Map<?, ?> map) {
            if (map.keySet().equals(Set.of("$date")) && map.get("$date") instanceof Double millis) {
                return Instant.ofEpochMilli(millis.longValue());
            }
            Map<Object, @Nullable Object> dated = new LinkedHashMap<>();
            map.forEach((key, element) -> dated.put(key, withDates(element)));
            return dated;
        }
        return value;
    }

    /** Replaces, removes or inserts a byte. */
    private byte[] withFault(byte[] bytes, byte other) {
        int place = random.nextInt(bytes.length);
        int kind = random.nextInt(4);
        ByteArrayOutputStream faulty = new ByteArrayOutputStream();
        faulty.write(bytes, 0, place);
        if (kind > 0) {
            faulty.write(other);
        }
        int rest = kind == 1 ? place : place + 1;
        faulty.write(bytes, rest, bytes.length - rest);
        return faulty.toByteArray();
    }
}
