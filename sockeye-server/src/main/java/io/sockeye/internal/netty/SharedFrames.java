// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.protocol.EncodedPacket;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the packets that are being written to many connections of one loop: built by the first, shared by all, once
 * plain and once compressed. Loop only, and so are the reference counts.
 */
/* One event has a packet for each kind of client, and the members of a room are of all kinds in any order. So a few packets are
 * remembered at a time.
 */
final class SharedFrames {
    /** Two wire formats, and those of version 3 of the protocol beside them. */
    private static final int PACKETS = 4;

    private final Frames[] known = new Frames[PACKETS];

    /** The one that was asked for last. */
    private Frames current;

    /** The one that is forgotten next. */
    private int oldest;

    SharedFrames() {
        for (int i = 0; i < PACKETS; i++) {
            known[i] = new Frames();
        }
        current = known[0];
    }

    /** The frames of one packet. */
    private static final class Frames {
        @Nullable
        EncodedPacket packet;

        @Nullable
        ByteBuf plain;

        @Nullable
        ByteBuf deflated;

        @Nullable
        PerMessageDeflate deflatedBy;

        void release() {
            ByteBuf first = plain;
            packet = null;
            plain = null;
            if (first != null) {
                first.release();
            }
            releaseDeflated();
        }

        void releaseDeflated() {
            ByteBuf compressed = deflated;
            deflated = null;
            deflatedBy = null;
            if (compressed != null) {
                compressed.release();
            }
        }
    }

    /** The frames of a packet, for one more connection, which owns what it gets. */
    ByteBuf of(ByteBufAllocator allocator, EncodedPacket wanted) {
        Frames frames = frames(wanted);
        ByteBuf plain = frames.plain;
        if (plain == null) {
            plain = ServerFrames.packet(allocator, wanted);
            frames.plain = plain;
        }
        return plain.retainedDuplicate();
    }

    /** The frames of a packet for one more connection with compression, which owns what it gets. */
    ByteBuf deflated(ByteBufAllocator allocator, EncodedPacket wanted, PerMessageDeflate settings, MessageCodec codec) {
        if (!DeflatedFrames.worth(wanted, settings)) {
            return of(allocator, wanted);
        }
        Frames frames = frames(wanted);
        ByteBuf deflated = frames.deflated;
        if (deflated == null || frames.deflatedBy != settings) {
            frames.releaseDeflated();
            deflated = DeflatedFrames.packet(allocator, wanted, settings, codec);
            frames.deflated = deflated;
            frames.deflatedBy = settings;
        }
        return deflated.retainedDuplicate();
    }

    private Frames frames(EncodedPacket wanted) {
        if (current.packet != wanted) {
            current = find(wanted);
        }
        return current;
    }

    private Frames find(EncodedPacket wanted) {
        for (Frames frames : known) {
            if (frames.packet == wanted) {
                return frames;
            }
        }
        Frames forgotten = known[oldest];
        oldest = (oldest + 1) % PACKETS;
        forgotten.release();
        forgotten.packet = wanted;
        return forgotten;
    }

    /** Forgets all packets. */
    void release() {
        for (Frames frames : known) {
            frames.release();
        }
    }
}
