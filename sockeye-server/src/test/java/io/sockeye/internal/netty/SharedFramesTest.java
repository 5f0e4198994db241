// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.protocol.EncodedPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedFramesTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    private final SharedFrames shared = new SharedFrames();
    private final List<ByteBuf> taken = new ArrayList<>();

    private static EncodedPacket packet(int number) {
        return EncodedPacket.text(("42[\"" + number + "x\"]").repeat(100).getBytes(StandardCharsets.UTF_8), List.of());
    }

    private ByteBuf take(ByteBuf frames) {
        taken.add(frames);
        return frames.unwrap();
    }

    private ByteBuf plain(EncodedPacket packet) {
        return take(shared.of(ALLOCATOR, packet));
    }

    private void assertNothingIsHeld(List<ByteBuf> buffers) {
        taken.forEach(ByteBuf::release);
        shared.release();
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void theFramesOfPacketsThatTakeTurnsAreBuiltOnce() {
        List<EncodedPacket> packets = List.of(packet(1), packet(2), packet(3), packet(4));
        List<ByteBuf> first = packets.stream().map(this::plain).toList();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < packets.size(); i++) {
                assertThat(plain(packets.get(i))).isSameAs(first.get(i));
            }
        }
        assertNothingIsHeld(first);
    }

    @Test
    void plainAndCompressedFramesOfPacketsThatTakeTurnsAreBuiltOnce() {
        PerMessageDeflate settings = PerMessageDeflate.builder().threshold(16).build();
        List<EncodedPacket> packets = List.of(packet(1), packet(2));
        List<ByteBuf> buffers = new ArrayList<>();
        try (MessageCodec codec = new MessageCodec()) {
            for (int round = 0; round < 3; round++) {
                for (EncodedPacket packet : packets) {
                    buffers.add(plain(packet));
                    buffers.add(take(shared.deflated(ALLOCATOR, packet, settings, codec)));
                }
            }
            assertThat(codec.compressions()).isEqualTo(2);
        }
        assertThat(buffers.stream().distinct()).hasSize(4);
        assertNothingIsHeld(buffers);
    }

    @Test
    void morePacketsThanAreRememberedAreLetGoOf() {
        List<ByteBuf> buffers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            buffers.add(plain(packet(i)));
        }
        assertNothingIsHeld(buffers);
    }
}
