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
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.sockeye.api.NetworkIo;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    /**
     * What was asked for.
     *
     * @throws IllegalStateException if this machine or class path does not have it
     */
    static IoTransport of(NetworkIo wanted) {
        return switch (wanted) {
            case AUTOMATIC -> obstacle(NetworkIo.EPOLL) == null ? epoll() : nio();
            case EPOLL -> {
                require(wanted, "netty-transport-native-epoll");
                yield epoll();
            }
            case IO_URING -> {
                require(wanted, "netty-transport-native-io_uring");
                yield ioUring();
            }
            case NIO -> nio();
        };
    }

    private static IoTransport epoll() {
        return new IoTransport(
                "epoll", EpollIoHandler.newFactory(), EpollListeningChannel::new, new LoopReceiveBuffers());
    }

    private static IoTransport ioUring() {
        return new IoTransport("io_uring", IoUringIoHandler.newFactory(), IoUringServerSocketChannel::new, guessing());
    }

    private static IoTransport nio() {
        return new IoTransport("NIO", NioIoHandler.newFactory(), NioServerSocketChannel::new, guessing());
    }

    /** A guess for each connection. */
    private static RecvByteBufAllocator guessing() {
        return new AdaptiveRecvByteBufAllocator(512, 2048, 65536);
    }

    private static void require(NetworkIo wanted, String artifact) {
        Throwable obstacle = obstacle(wanted);
        if (obstacle != null) {
            throw missing(wanted, artifact, obstacle);
        }
    }

    static IllegalStateException missing(NetworkIo wanted, String artifact, Throwable obstacle) {
        return new IllegalStateException(
                "networkIo is " + wanted
                        + ", which this machine does not have: it needs Linux on x86-64 or AArch64, a kernel"
                        + " and a container that allow it, and io.netty:" + artifact
                        + " on the class path. AUTOMATIC takes what there is",
                obstacle);
    }

    /** Why something cannot be used here, or null if it can. */
    static @Nullable Throwable obstacle(NetworkIo wanted) {
        return switch (wanted) {
            case EPOLL -> obstacle(() -> Epoll.unavailabilityCause());
            case IO_URING -> obstacle(() -> IoUring.unavailabilityCause());
            case AUTOMATIC, NIO -> null;
        };
    }

    /* The callers pass lambdas: a reference to a method of a class that is absent fails before this method is entered. */
    private static @Nullable Throwable obstacle(Supplier<@Nullable Throwable> cause) {
        try {
            return cause.get();
        } catch (LinkageError e) {
            // These classes are optional on the class path.
            return e;
        }
    }
}
