// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** What we write another library reads, what it writes we read; and whatever comes is a packet or refused. */
class MessagePackFuzzTest {
    private static final ProtocolLimits LIMITS = new ProtocolLimits(1000, 1_000_000, 200, 1000, 1000, 1000);
    private static final List<Class<?>> TYPES =
            List.of(String.class, Map.class, Long.class, Target.class, byte[].class, BigDecimal.class, List.class);

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final RandomValues values = RandomValues.wellFormed(random);
    private final MessagePackFormat format = new MessagePackFormat();

    record Target(
            @Nullable String k,
            @Nullable Double key,
            @Nullable Object ka) {}

    @Test
    void anotherLibraryReadsWhatWeWrite() throws IOException {
        for (int round = 0; round < 20_000; round++) {
            @Nullable Object[] arguments = values.arguments();
            byte[] sent = format.ack("/chat", round, arguments).head();
            try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(sent)) {
                Object packet = plain(unpacker.unpackValue());
                assertThat(unpacker.hasNext()).isFalse();
                assertThat(packet)
                        .as("seed %d: %s", seed, HexFormat.of().formatHex(sent))
                        .isEqualTo(Map.of(
                                "type",
                                3.0,
                                "nsp",
                                "/chat",
                                "id",
                                (double) round,
                                "data",
                                Shapes.plain(Arrays.asList(arguments))));
            }
        }
    }

    @Test
    void weReadWhatAnotherLibraryWrites() throws IOException {
        for (int round = 0; round < 20_000; round++) {
            @Nullable Object[] arguments = values.arguments();
            byte[] packet = packed(round, Arrays.asList(arguments));
            Packet.Ack ack = (Packet.Ack) format.newAssembler(LIMITS).binary(packet);
            assertThat(Shapes.plain(ack.args().values()))
                    .as("seed %d: %s", seed, HexFormat.of().formatHex(packet))
                    .isEqualTo(Shapes.plain(Arrays.asList(arguments)));
        }
    }

    @Test
    void bytesMadeByChanceAreReadOrRefused() {
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(1, 30)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (0x80 | (bytes[0] & 0x0f));
            read(bytes);
        }
    }

    @Test
    void packetsWithFaultsAreReadOrRefused() {
        int accepted = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = format.event("/chat", round, values.text() + "e", values.arguments())
                    .head();
            for (int faults = random.nextInt(3); faults >= 0; faults--) {
                bytes = withFault(bytes);
            }
            accepted += read(bytes) ? 1 : 0;
        }
        assertThat(accepted).as("packets that are packets in spite of a fault").isGreaterThan(1000);
    }

    /** Replaces, removes or inserts a byte. */
    private byte[] withFault(byte[] bytes) {
        int place = random.nextInt(bytes.length);
        if (random.nextInt(2) == 0) {
            byte[] faulty = bytes.clone();
            faulty[place] = (byte) random.nextInt(256);
            return faulty;
        }
        ByteArrayOutputStream faulty = new ByteArrayOutputStream();
        faulty.write(bytes, 0, place);
        if (random.nextInt(2) == 0) {
            faulty.write(random.nextInt(256));
            place--;
        }
        faulty.write(bytes, place + 1, bytes.length - place - 1);
        return faulty.toByteArray();
    }

    private boolean read(byte[] message) {
        try {
            Packet packet = format.newAssembler(LIMITS).binary(message);
            if (packet instanceof Packet.Event event) {
                use(event.args());
            } else if (packet instanceof Packet.Ack ack) {
                use(ack.args());
            }
            return true;
        } catch (ProtocolException refusal) {
            assertThat(refusal.error().reason()).isEqualTo(refusal.getMessage());
            return false;
        } catch (RuntimeException failure) {
            return fail("seed " + seed + ": " + HexFormat.of().formatHex(message), failure);
        }
    }

    /** Reads arguments in every way there is, and sends them on: they are the same afterwards. */
    private void use(Args args) {
        assertThat(args.values()).hasSize(args.size());
        for (int index = 0; index < args.size(); index++) {
            Class<?> type = TYPES.get(random.nextInt(TYPES.size()));
            try {
                args.getNullable(index, type);
            } catch (PayloadException mismatch) {
                assertThat(mismatch)
                        .hasMessageStartingWith("Argument " + index + " does not fit " + type.getTypeName());
            }
        }
        Packet.Ack again = (Packet.Ack)
                format.newAssembler(LIMITS).binary(format.ack("/", 1, args).head());
        assertThat(Shapes.plain(again.args().values())).isEqualTo(Shapes.plain(args.values()));
    }

    private static byte[] packed(long id, List<@Nullable Object> data) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            Map<String, @Nullable Object> packet = new LinkedHashMap<>();
            packet.put("nsp", "/chat");
            packet.put("data", data);
            packet.put("id", id);
            packet.put("type", 3);
            pack(packer, packet);
            return packer.toByteArray();
        }
    }

    private static void pack(MessagePacker packer, @Nullable Object value) throws IOException {
        if (value == null) {
            packer.packNil();
        } else if (value instanceof Boolean truth) {
            packer.packBoolean(truth);
        } else if (value instanceof Double number) {
            packer.packDouble(number);
        } else if (value instanceof Number number) {
            packer.packLong(number.longValue());
        } else if (value instanceof String text) {
            packer.packString(text);
        } else if (value instanceof byte[] data) {
            packer.packBinaryHeader(data.length).writePayload(data);
        } else if (value instanceof List<?> list) {
            packer.packArrayHeader(list.size());
            for (Object element : list) {
                pack(packer, element);
            }
        } else if (value instanceof Map<?, ?> map) {
            packer.packMapHeader(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                pack(packer, entry.getKey());
                pack(packer, entry.getValue());
            }
        } else {
            throw new IllegalArgumentException(value.getClass().getName());
        }
    }

    /** A value of the other library as {@link Shapes#plain} has it. */
    private static @Nullable Object plain(Value value) {
        if (value.isArrayValue()) {
            List<@Nullable Object> list = new ArrayList<>();
            value.asArrayValue().forEach(element -> list.add(plain(element)));
            return list;
        }
        if (value.isMapValue()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            value.asMapValue()
                    .entrySet()
                    .forEach(entry -> map.put(entry.getKey().asStringValue().asString(), plain(entry.getValue())));
            return map;
        }
        return switch (value.getValueType()) {
            case NIL -> null;
            case BOOLEAN -> value.asBooleanValue().getBoolean();
            case INTEGER, FLOAT -> Shapes.plain(value.asNumberValue().toDouble());
            case STRING -> value.asStringValue().asString();
            case BINARY -> Shapes.plain(value.asBinaryValue().asByteArray());
            default -> throw new IllegalArgumentException(value.toString());
        };
    }
}
