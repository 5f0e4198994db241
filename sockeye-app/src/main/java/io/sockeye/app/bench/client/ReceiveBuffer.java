// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * One buffer that all channels of a loop read into, one after the other. Its reader must be done with the bytes, and
 * have released the buffer, before it returns. Event loop only.
 */
final class ReceiveBuffer implements RecvByteBufAllocator {
    private static final int BYTES = 256 * 1024;

    private final ByteBuf shared = Unpooled.directBuffer(BYTES, BYTES);

    @Override
    public ExtendedHandle newHandle() {
        return new SharedHandle(shared);
    }

    void release() {
        shared.release();
    }

    /** Reads until a read leaves room in the buffer. */
    private static final class SharedHandle implements ExtendedHandle {
        private final ByteBuf shared;
        private int attempted;
        private int last;

        SharedHandle(ByteBuf shared) {
            this.shared = shared;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return shared.clear().retain();
        }

        @Override
        public int guess() {
            return BYTES;
        }

        @Override
        public void reset(ChannelConfig config) {
            last = 0;
        }

        @Override
        public void incMessagesRead(int messages) {}

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public boolean continueReading() {
            return last > 0 && last == attempted;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return continueReading();
        }

        @Override
        public void readComplete() {}
    }
}
