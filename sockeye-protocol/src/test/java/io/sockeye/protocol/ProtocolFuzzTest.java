// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sockeye.event.Args;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever comes, it is a packet or a {@link ProtocolException}; and what is a packet can be read. */
class ProtocolFuzzTest {
    private static final byte[] LIKELY =
            "0123456789-/,[]{}\"\\:utrefalsn .e_placeholder\u001eb".getBytes(StandardCharsets.UTF_8);

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final JsonFormat format = new JsonFormat();

    @Test
    void bytesMadeByChanceAreReadOrRefused() {
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(30)];
            random.nextBytes(bytes);
            read(bytes);
        }
    }

    @Test
    void textMadeByChanceIsReadOrRefused() {
        for (int round = 0; round < 300_000; round++) {
            byte[] bytes = new byte[random.nextInt(30)];
            for (int index = 0; index < bytes.length; index++) {
                bytes[index] = LIKELY[random.nextInt(LIKELY.length)];
            }
            read(bytes);
        }
    }

    @Test
    void packetsWithFaultsAreReadOrRefused() {
        RandomValues values = new RandomValues(random, true);
        for (int round = 0; round < 50_000; round++) {
            EncodedPacket packet = format.event("/chat", round, values.text(), values.arguments());
            byte[] bytes = packet.head().clone();
            for (int faults = random.nextInt(3); faults >= 0; faults--) {
                bytes = withFault(bytes);
            }
            read(bytes);
            read(EnginePayload.encode(List.of(packet, EncodedPacket.text(bytes, List.of()))));
        }
    }

    @Test
    void argumentsComeBackAsTheyWere() {
        RandomValues values = new RandomValues(random, true);
        ProtocolLimits limits = new ProtocolLimits(1000, 1_000_000, 200, 1000, 1000, 1000);
        for (int round = 0; round < 20_000; round++) {
            @Nullable Object[] arguments = values.arguments();
            EncodedPacket sent = format.ack("/chat", round, arguments);
            PacketAssembler assembler = format.newAssembler(limits);
            Packet packet = assembler.text(sent.head(), 1, sent.head().length - 1);
            for (byte[] attachment : sent.attachments()) {
                packet = assembler.binary(attachment);
            }
            Object received = Shapes.plain(((Packet.Ack) packet).args().values());
            assertThat(received).as("seed %d: %s", seed, sent).isEqualTo(Shapes.plain(Arrays.asList(arguments)));
        }
    }

    @Test
    void payloadsOfVersion3WithFaultsAreReadOrRefused() {
        RandomValues values = new RandomValues(random, true);
        for (int round = 0; round < 50_000; round++) {
            EncodedPacket packet = format.event("/", round, values.text(), values.arguments());
            List<EncodedPacket> packets = List.of(packet, EncodedPacket.binary(new byte[random.nextInt(12)]), packet);
            readVersion3(withFault(EnginePayload3.encodeText(packets)));
            readVersion3(withFault(EnginePayload3.encodeBinary(packets)));
            readVersion3(EnginePayload3.withType(new byte[random.nextInt(3)]));
        }
    }

    private void readVersion3(byte[] body) {
        List<Function<byte[], Object>> readers = List.of(
                EnginePayload3::decodeText,
                EnginePayload3::decodeBinary,
                EnginePayload3::decodeTextMessage,
                EnginePayload3::decodeBinaryMessage);
        for (Function<byte[], Object> reader : readers) {
            try {
                assertThat(reader.apply(body)).isNotNull();
            } catch (ProtocolException refusal) {
                assertThat(refusal.error().reason()).isEqualTo(refusal.getMessage());
            } catch (RuntimeException failure) {
                fail("seed " + seed + ": " + HexFormat.of().formatHex(body), failure);
            }
        }
    }

    private byte[] withFault(byte[] bytes) {
        ByteArrayOutputStream faulty = new ByteArrayOutputStream();
        int place = random.nextInt(bytes.length + 1);
        int skipped = Math.min(random.nextInt(3), bytes.length - place);
        faulty.write(bytes, 0, place);
        if (random.nextInt(2) == 0) {
            faulty.write(random.nextInt(4) == 0 ? random.nextInt(256) : LIKELY[random.nextInt(LIKELY.length)]);
        }
        faulty.write(bytes, place + skipped, bytes.length - place - skipped);
        return faulty.toByteArray();
    }

    private void read(byte[] body) {
        try {
            PacketAssembler assembler = format.newAssembler(ProtocolLimits.DEFAULTS);
            for (EnginePacket message : EnginePayload.decode(body)) {
                if (message.type() == EnginePacketType.MESSAGE) {
                    readMessage(assembler, message);
                }
            }
            completePending(assembler);
        } catch (ProtocolException refusal) {
            assertThat(refusal.error().reason()).isEqualTo(refusal.getMessage());
        } catch (RuntimeException failure) {
            fail("seed " + seed + ": " + HexFormat.of().formatHex(body), failure);
        }
    }

    private static void readMessage(PacketAssembler assembler, EnginePacket message) {
        if (message.binary()) {
            use(assembler.binary(message.bytes()));
        } else {
            use(assembler.text(message.array(), message.offset(), message.length()));
        }
    }

    private static void completePending(PacketAssembler assembler) {
        for (byte[] data : Collections.nCopies(10, new byte[] {1})) {
            if (assembler.pending()) {
                use(assembler.binary(data));
            }
        }
    }

    private static void use(@Nullable Packet packet) {
        if (packet instanceof Packet.Event event) {
            use(event.args());
        } else if (packet instanceof Packet.Ack ack) {
            use(ack.args());
        }
    }

    private static void use(Args args) {
        assertThat(args.values()).hasSize(args.size());
    }
}
