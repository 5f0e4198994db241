// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * How the loops wait for the network.
 *
 * @param label for logs
 * @param handlers makes what a loop waits with
 * @param channelFactory makes the listening channel
 * @param receiveBuffers how much is read at once
 */
record IoTransport(
        String label,
        IoHandlerFactory handlers,
        ChannelFactory<? extends ServerChannel> channelFactory,
        RecvByteBufAllocator receiveBuffers) {
    /** epoll where it is wanted and this machine and class path have it, else NIO. */
    static IoTransport choose(boolean nativeWanted) {
        if (nativeWanted && epollAvailable()) {
            return new IoTransport(
                    "epoll", EpollIoHandler.newFactory(), EpollListeningChannel::new, new LoopReceiveBuffers());
        }
        return new IoTransport(
                "NIO",
                NioIoHandler.newFactory(),
                NioServerSocketChannel::new,
                new AdaptiveRecvByteBufAllocator(512, 2048, 65536));
    }

    private static boolean epollAvailable() {
        try {
            return Epoll.isAvailable();
        } catch (LinkageError e) {
            // The epoll classes are optional on the class path.
            return false;
        }
    }
}
