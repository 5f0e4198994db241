// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("client")
@Timeout(300)
class MessagePackReferenceTest {
    private static final ProtocolLimits LIMITS = new ProtocolLimits(1000, 1_000_000, 200, 1000, 1000, 1000);
    private static final JsonMapper JSON = new JsonMapper();

    private static ReferenceParser reference;
    private final MessagePackFormat format = new MessagePackFormat();

    @BeforeAll
    static void startNode() throws Exception {
        reference = new ReferenceParser();
    }

    @AfterAll
    static void stopNode() throws IOException {
        reference.close();
    }

    @Test
    void whatWeEncodeIsDecodedThereToTheSameValues() {
        long seed = System.nanoTime();
        RandomValues values = RandomValues.wellFormed(new SplittableRandom(seed));
        for (int round = 0; round < 1000; round++) {
            @Nullable Object[] arguments = values.arguments();
            byte[] sent = format.ack("/chat", round, arguments).head();
            Object received = JSON.treeToValue(theirs(sent).get("packet"), Object.class);
            assertThat(Shapes.plain(received))
                    .as("seed %d: %s", seed, HexFormat.of().formatHex(sent))
                    .isEqualTo(shape("/chat", round, arguments));
        }
    }

    @Test
    void thePacketsOfAConnectionAreAcceptedThere() {
        for (EncodedPacket packet : List.of(
                format.connect("/", "id", "secret"),
                format.connect("/", "id", null),
                format.connectError("/", "no", Map.of("code", 1)),
                format.disconnect("/"),
                format.event("/", Packet.NO_ACK_ID, "a"))) {
            assertThat(theirs(packet.head()).get("verdict").asString()).isEqualTo("accept");
        }
    }

    @Test
    void whatIsEncodedThereIsDecodedByUsToTheSameValues() {
        long seed = System.nanoTime();
        RandomValues values = RandomValues.wellFormed(new SplittableRandom(seed));
        for (int round = 0; round < 1000; round++) {
            @Nullable
            Object[] arguments = Arrays.stream(values.arguments())
                    .map(MessagePackReferenceTest::small)
                    .toArray();
            Map<String, @Nullable Object> packet = shape("/", round, arguments);
            JsonNode message =
                    reference.ask("encodeMessagePack", Map.of("packet", packet)).get("message");
            byte[] bytes = Base64.getDecoder().decode(message.get("$binary").asString());
            assertThat(Shapes.of(format.newAssembler(LIMITS).binary(bytes)))
                    .as("seed %d: %s", seed, HexFormat.of().formatHex(bytes))
                    .isEqualTo(packet);
        }
    }

    private static JsonNode theirs(byte[] message) {
        return reference.ask(
                "decodeMessagePack",
                Map.of("message", Map.of("$binary", Base64.getEncoder().encodeToString(message))));
    }

    private static Map<String, @Nullable Object> shape(String namespace, int id, @Nullable Object[] arguments) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("type", 3.0);
        shape.put("nsp", namespace);
        shape.put("id", (double) id);
        shape.put("data", Shapes.plain(Arrays.asList(arguments)));
        return shape;
    }

    /** The value without numbers that notepack.io writes wrongly: those above 64 bits, as integers. */
    private static @Nullable Object small(@Nullable Object value) {
        if (value instanceof Double number && number > Long.MAX_VALUE) {
            return 0.5;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> small = new ArrayList<>();
            list.forEach(element -> small.add(small(element)));
            return small;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> small = new LinkedHashMap<>();
            map.forEach((key, element) -> small.put(key, small(element)));
            return small;
        }
        return value;
    }
}
