// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sockeye.internal.netty.FrameSequences.Sequence;
import io.sockeye.protocol.EncodedPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameSequencesTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    private final FrameSequences sequences = new FrameSequences();
    private final List<ByteBuf> taken = new ArrayList<>();

    private final EncodedPacket first = packet("42[\"first\"]");
    private final EncodedPacket second = packet("42[\"second\"]");
    private final EncodedPacket third = packet("42[\"third\"]");

    private static EncodedPacket packet(String text) {
        return EncodedPacket.text(text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private @Nullable Sequence follow(EncodedPacket... packets) {
        Sequence sequence = null;
        for (EncodedPacket packet : packets) {
            sequence = sequences.append(sequence, packet);
        }
        return sequence;
    }

    private ByteBuf frames(Sequence sequence) {
        ByteBuf built = sequence.frames();
        ByteBuf frames = (built == null ? sequences.build(ALLOCATOR, sequence) : built).retainedDuplicate();
        taken.add(frames);
        return frames;
    }

    @AfterEach
    void nothingIsHeld() {
        sequences.release();
        taken.forEach(ByteBuf::release);
        assertThat(taken).allMatch(frames -> frames.refCnt() == 0);
    }

    @Test
    void connectionsThatAreSentTheSamePacketsShareOneBuffer() {
        ByteBuf one = frames(follow(first, second, third));
        ByteBuf other = frames(follow(first, second, third));
        assertThat(one.unwrap()).isSameAs(other.unwrap());
        assertThat(one.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo("\u0081\u000b42[\"first\"]\u0081\f42[\"second\"]\u0081\u000b42[\"third\"]");
    }

    @Test
    void thoseThatAreSentOthersDoNot() {
        ByteBuf both = frames(follow(first, second));
        ByteBuf one = frames(follow(first));
        ByteBuf turned = frames(follow(second, first));
        assertThat(both.toString(StandardCharsets.UTF_8)).contains("first", "second");
        assertThat(one.toString(StandardCharsets.UTF_8)).contains("first").doesNotContain("second");
        assertThat(turned.toString(StandardCharsets.UTF_8)).matches(".*second.*first.*");
    }

    @Test
    void packetsOfManyRoomsMakeBranchesOfTheirOwn() {
        for (int room = 0; room < 100; room++) {
            EncodedPacket said = packet("42[\"said\"," + room + "]");
            ByteBuf one = frames(follow(said));
            assertThat(frames(follow(said)).unwrap()).isSameAs(one.unwrap());
        }
    }

    @Test
    void aSequenceDoesNotGrowForEver() {
        EncodedPacket large = packet("42[\"" + "x".repeat(FrameSequences.MAX_BYTES) + "\"]");
        assertThat(follow(large)).isNotNull();
        assertThat(sequences.append(follow(first), large)).isNull();
        Sequence sequence = follow(first);
        int packets = 1;
        for (Sequence longer = sequence; longer != null; longer = sequences.append(longer, first)) {
            sequence = longer;
            packets++;
        }
        assertThat(packets).isGreaterThan(100);
        assertThat(frames(sequence).readableBytes()).isBetween(FrameSequences.MAX_BYTES - 20, FrameSequences.MAX_BYTES);
    }

    @Test
    void whatWasWrittenWhileTheTurnEndedIsStillSent() {
        Sequence late = follow(first, second);
        frames(late);
        sequences.release();
        assertThat(frames(late).toString(StandardCharsets.UTF_8)).contains("first", "second");
    }

    @Test
    void sequencesOfOneConnectionEachAreNotKeptToTheEndOfTheTurn() {
        EncodedPacket said = packet("42[\"" + "x".repeat(1000) + "\"]");
        List<Sequence> all = new ArrayList<>();
        for (int connection = 0; connection < 3_000; connection++) {
            Sequence sequence = follow(packet("42[" + connection + "]"), said);
            frames(sequence);
            all.add(sequence);
        }
        assertThat(all.stream().filter(sequence -> sequence.frames() != null)).hasSizeLessThan(1_100);
        assertThat(frames(all.get(0)).toString(StandardCharsets.ISO_8859_1)).contains("42[0]", "xxx");
    }
}
