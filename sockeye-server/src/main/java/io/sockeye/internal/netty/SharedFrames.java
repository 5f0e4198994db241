// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.protocol.EncodedPacket;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the packet that is being written to many connections of one loop: built by the first, shared by all, once
 * plain and once compressed. Loop only, and so are the reference counts.
 */
final class SharedFrames {
    private @Nullable EncodedPacket packet;
    private @Nullable ByteBuf frames;
    private @Nullable ByteBuf deflated;
    private @Nullable PerMessageDeflate deflatedBy;

    /** The frames of a packet, for one more connection, which owns what it gets. */
    ByteBuf of(ByteBufAllocator allocator, EncodedPacket wanted) {
        remember(wanted);
        ByteBuf current = frames;
        if (current == null) {
            current = ServerFrames.packet(allocator, wanted);
            frames = current;
        }
        return current.retainedDuplicate();
    }

    /** The frames of a packet for one more connection with compression, which owns what it gets. */
    ByteBuf deflated(ByteBufAllocator allocator, EncodedPacket wanted, PerMessageDeflate settings, MessageCodec codec) {
        if (!DeflatedFrames.worth(wanted, settings)) {
            return of(allocator, wanted);
        }
        remember(wanted);
        ByteBuf current = deflated;
        if (current == null || deflatedBy != settings) {
            if (current != null) {
                current.release();
                deflated = null;
            }
            current = DeflatedFrames.packet(allocator, wanted, settings, codec);
            deflated = current;
            deflatedBy = settings;
        }
        return current.retainedDuplicate();
    }

    private void remember(EncodedPacket wanted) {
        if (packet != wanted) {
            release();
            packet = wanted;
        }
    }

    /** Forgets the packet. */
    void release() {
        ByteBuf plain = frames;
        ByteBuf compressed = deflated;
        packet = null;
        frames = null;
        deflated = null;
        deflatedBy = null;
        if (plain != null) {
            plain.release();
        }
        if (compressed != null) {
            compressed.release();
        }
    }
}
