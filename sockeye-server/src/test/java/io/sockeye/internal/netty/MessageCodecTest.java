// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.testing.RawDeflate;
import io.sockeye.testing.RawWebSocketClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final int LIMIT = 100_000;
    private static final byte[] TEXT = "a text that is said again, ".repeat(200).getBytes(StandardCharsets.US_ASCII);

    private final MessageCodec codec = new MessageCodec();

    @AfterEach
    void close() {
        codec.close();
    }

    private byte[] inflate(byte[] data) {
        return codec.inflate(data, data.length, LIMIT);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void whatIsCompressedComesBackAndEachMessageStandsAlone() throws Exception {
        for (int i = 0; i < 3; i++) {
            int bytes = codec.compress(TEXT, -1);
            assertThat(bytes).isPositive().isLessThan(TEXT.length / 4);
            byte[] compressed = Arrays.copyOf(codec.compressed(), bytes);
            assertThat(RawDeflate.inflate(compressed)).isEqualTo(TEXT);
            assertThat(inflate(compressed)).isEqualTo(TEXT);
        }
    }

    @Test
    void whatDoesNotBecomeSmallerIsLeftAsItIs() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        assertThat(codec.compress(noise, -1)).isNegative();
        assertThat(codec.compress(new byte[3], -1)).isNegative();
        assertThat(codec.compress(TEXT, -1)).isPositive();
    }

    /** RFC 7692, section 7.2.3. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "f2 48 cd c9 c9 07 00", // one fixed block
                "00 05 00 fa ff 48 65 6c 6c 6f 00", // stored
                "f3 48 cd c9 c9 07 00 00", // a final block
                "f2 48 05 00 00 00 ff ff ca c9 c9 07 00" // two blocks
            })
    void theExamplesOfTheSpecificationAreUnderstood(String digits) {
        assertThat(inflate(hex(digits))).asString().isEqualTo("Hello");
    }

    @Test
    void messagesOfAllSizesUpToTheLimitAreInflated() {
        for (int size : new int[] {0, 1, 511, 512, 513, LIMIT - 1, LIMIT}) {
            assertThat(inflate(RawDeflate.deflate(new byte[size]))).hasSize(size);
        }
    }

    @Test
    void inflationStopsBehindTheLimit() {
        byte[] bomb = RawDeflate.deflate(new byte[50_000_000]);
        assertThatExceptionOfType(WebSocketViolation.class)
                .isThrownBy(() -> inflate(bomb))
                .satisfies(violation -> assertThat(violation.code()).isEqualTo(1009));
        assertThatExceptionOfType(WebSocketViolation.class)
                .isThrownBy(() -> inflate(RawDeflate.deflate(new byte[LIMIT + 1])))
                .satisfies(violation -> assertThat(violation.code()).isEqualTo(1009));
    }

    @Test
    void whatIsNotCompressedDataIsRefusedAndTheNextMessageIsUnderstood() {
        assertThatExceptionOfType(WebSocketViolation.class)
                .isThrownBy(() -> inflate(hex("ff ff ff ff ff")))
                .satisfies(violation -> assertThat(violation.code()).isEqualTo(1007));
        assertThat(inflate(RawDeflate.deflate(TEXT))).isEqualTo(TEXT);
    }

    @Test
    void dataBehindAFinalBlockBelongsToTheMessage() {
        byte[] hello = hex("f3 48 cd c9 c9 07 00");
        assertThat(inflate(RawWebSocketClient.join(hello, hello, hello, new byte[1])))
                .asString()
                .isEqualTo("HelloHelloHello");
    }

    @Test
    void aFloodOfFinalBlocksIsRefused() {
        byte[][] empty = new byte[10_000][];
        Arrays.fill(empty, hex("03 00"));
        assertThatExceptionOfType(WebSocketViolation.class)
                .isThrownBy(() -> inflate(RawWebSocketClient.join(empty)))
                .satisfies(violation -> assertThat(violation.code()).isEqualTo(1008));
    }

    @Test
    void aPacketIsCompressedOnceForAllWhoGetIt() {
        SharedFrames shared = new SharedFrames();
        PerMessageDeflate settings = PerMessageDeflate.on();
        EncodedPacket packet = EncodedPacket.text(TEXT, List.of(TEXT, new byte[10]));
        UnpooledByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        for (int i = 0; i < 100; i++) {
            ByteBuf plain = shared.of(allocator, packet);
            ByteBuf deflated = shared.deflated(allocator, packet, settings, codec);
            assertThat(deflated.readableBytes()).isLessThan(plain.readableBytes() / 4);
            plain.release();
            deflated.release();
        }
        assertThat(codec.compressions()).isEqualTo(2);
        shared.release();
        assertThat(codec.compressions()).isEqualTo(2);
    }

    @Test
    void packetsThatAreNotWorthItShareThePlainFrames() {
        SharedFrames shared = new SharedFrames();
        UnpooledByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        List<EncodedPacket> packets = List.of(
                EncodedPacket.text(TEXT, List.of()).asIncompressible(), EncodedPacket.text(new byte[1023], List.of()));
        for (EncodedPacket packet : packets) {
            ByteBuf frames = shared.deflated(allocator, packet, PerMessageDeflate.on(), codec);
            assertThat(frames.getByte(0)).isEqualTo((byte) 0x81);
            frames.release();
        }
        shared.release();
        assertThat(codec.compressions()).isZero();
    }
}
