// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.protocol.EncodedPacket;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the packet that is being written to many connections of one loop: built by the first, shared by all. Loop
 * only, and so are the reference counts.
 */
final class SharedFrames {
    private @Nullable EncodedPacket packet;
    private @Nullable ByteBuf frames;

    /** The frames of a packet, for one more connection, which owns what it gets. */
    ByteBuf of(ByteBufAllocator allocator, EncodedPacket wanted) {
        ByteBuf current = frames;
        if (current == null || packet != wanted) {
            release();
            current = ServerFrames.packet(allocator, wanted);
            packet = wanted;
            frames = current;
        }
        return current.retainedDuplicate();
    }

    /** Forgets the packet. */
    void release() {
        ByteBuf current = frames;
        frames = null;
        packet = null;
        if (current != null) {
            current.release();
        }
    }
}
