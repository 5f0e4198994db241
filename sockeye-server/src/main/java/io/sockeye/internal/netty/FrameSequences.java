// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.protocol.EncodedPacket;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which packets connections of one loop are sent in one turn, one after the other, with one buffer of frames for all connections that
 * are sent the same ones. Loop only, and so are the reference counts.
 */
/* The sequences are a tree: each adds one packet to the one before it. Connections in the same rooms walk down the same branch, one
 * comparison a packet, and at the end of the turn each gets one write of one shared buffer, however many broadcasts there were. The
 * packets of many rooms make many branches: only the newest are looked at, since a walk goes over the members of one room.
 */
final class FrameSequences {
    /** Beyond it a sequence is sent as it is and a new one begins: the bytes of a branch are copied once for each branch. */
    static final int MAX_BYTES = 16 * 1024;

    /** What is built is kept for the connections to come, but where each has a sequence of its own there are none. */
    private static final int MAX_BUILT_BYTES = 1024 * 1024;

    /** The packets that members of one room differ in: two wire formats, and those of version 3 of the protocol beside them. */
    private static final int BRANCHES_LOOKED_AT = 4;

    private final Sequence root = new Sequence();

    private final ArrayList<Sequence> built = new ArrayList<>();

    private long builtBytes;

    /** Packets in their order. Its frames are built when a connection first sends it. */
    static final class Sequence {
        private final @Nullable Sequence before;
        private final @Nullable EncodedPacket packet;
        private final int bytes;
        private @Nullable Sequence newest;
        private @Nullable Sequence older;
        private @Nullable ByteBuf frames;

        /** The empty one. */
        private Sequence() {
            before = null;
            packet = null;
            bytes = 0;
        }

        private Sequence(Sequence before, EncodedPacket packet, int bytes) {
            this.before = before;
            this.packet = packet;
            this.bytes = bytes;
            this.older = before.newest;
        }

        /** Null until they are built. */
        @Nullable
        ByteBuf frames() {
            return frames;
        }
    }

    /**
     * A sequence and one packet more.
     *
     * @param sequence null for the empty one
     * @return null if that would be too long; one packet alone never is
     */
    @Nullable
    Sequence append(@Nullable Sequence sequence, EncodedPacket packet) {
        Sequence before = sequence == null ? root : sequence;
        Sequence after = before.newest;
        for (int looked = 0; after != null && looked < BRANCHES_LOOKED_AT; looked++) {
            if (after.packet == packet) {
                return after;
            }
            after = after.older;
        }
        int bytes = before.bytes + ServerFrames.bytes(packet);
        if (before != root && bytes > MAX_BYTES) {
            return null;
        }
        before.newest = new Sequence(before, packet, bytes);
        return before.newest;
    }

    /** Builds the frames of a sequence, which stay those of this object. */
    ByteBuf build(ByteBufAllocator allocator, Sequence sequence) {
        if (builtBytes > MAX_BUILT_BYTES) {
            releaseBuilt();
        }
        ByteBuf frames = written(allocator, sequence);
        sequence.frames = frames;
        built.add(sequence);
        builtBytes += sequence.bytes;
        return frames;
    }

    /** From the last packet back to the first. */
    private static ByteBuf written(ByteBufAllocator allocator, Sequence sequence) {
        ByteBuf out = allocator.directBuffer(sequence.bytes);
        for (Sequence part = sequence; part != null && part.packet != null; part = part.before) {
            out.writerIndex(part.before == null ? 0 : part.before.bytes);
            ServerFrames.append(out, part.packet);
        }
        return out.writerIndex(sequence.bytes);
    }

    /** Forgets all: the turn is over. A sequence that a connection has not sent yet can still be built. */
    void release() {
        root.newest = null;
        releaseBuilt();
    }

    private void releaseBuilt() {
        for (int i = 0; i < built.size(); i++) {
            Sequence sequence = built.get(i);
            ByteBuf frames = sequence.frames;
            sequence.frames = null;
            if (frames != null) {
                frames.release();
            }
        }
        built.clear();
        builtBytes = 0;
    }
}
