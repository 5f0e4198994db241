// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Sizes of receive buffers, learnt by each event loop from all of its connections. A loop reads from one connection at a time, so
 * one object serves all of them; it goes by the thread, because a connection may move to another loop. For transports that
 * finish a read before they begin the next.
 */
final class LoopReceiveBuffers implements RecvByteBufAllocator {
    private static final int SMALLEST = 512;
    private static final int FIRST = 2048;
    /** What one connection has much of makes the buffers of all larger, and each may keep a part of a message in one. */
    private static final int LARGEST = 16 * 1024;

    private final FastThreadLocal<ExtendedHandle> ofLoop = new FastThreadLocal<>() {
        @Override
        protected ExtendedHandle initialValue() {
            return (ExtendedHandle) new AdaptiveRecvByteBufAllocator(SMALLEST, FIRST, LARGEST).newHandle();
        }
    };

    private final ExtendedHandle handle = new Shared();

    @Override
    public ExtendedHandle newHandle() {
        return handle;
    }

    /** The handle of the loop that calls. */
    private final class Shared implements ExtendedHandle {
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return ofLoop.get().allocate(allocator);
        }

        @Override
        public int guess() {
            return ofLoop.get().guess();
        }

        @Override
        public void reset(ChannelConfig config) {
            ofLoop.get().reset(config);
        }

        @Override
        public void incMessagesRead(int messages) {
            ofLoop.get().incMessagesRead(messages);
        }

        @Override
        public void lastBytesRead(int bytes) {
            ofLoop.get().lastBytesRead(bytes);
        }

        @Override
        public int lastBytesRead() {
            return ofLoop.get().lastBytesRead();
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            ofLoop.get().attemptedBytesRead(bytes);
        }

        @Override
        public int attemptedBytesRead() {
            return ofLoop.get().attemptedBytesRead();
        }

        @Override
        public boolean continueReading() {
            return ofLoop.get().continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return ofLoop.get().continueReading(maybeMoreData);
        }

        @Override
        public void readComplete() {
            ofLoop.get().readComplete();
        }
    }
}
