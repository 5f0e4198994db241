// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.epoll.EpollChannelConfig;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A connection on epoll that keeps no addresses, and a short id: some 250 bytes less than Netty's own channel. Both ends are
 * asked of the socket when somebody wants to know, but for the first question about the peer, which may be gone by then.
 */
final class EpollConnectionChannel extends AbstractEpollStreamChannel implements PastQueue {
    private final Config config = new Config(this);

    /** Until somebody has asked. */
    private volatile @Nullable SocketAddress accepted;

    EpollConnectionChannel(LinuxSocket socket, @Nullable SocketAddress peer) {
        // A socket that is active here has its addresses looked up and kept.
        super(socket, false);
        active = true;
        accepted = peer;
        try {
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }

    @Override
    protected ChannelId newId() {
        return new Id(ThreadLocalRandom.current().nextLong());
    }

    @Override
    public EpollChannelConfig config() {
        return config;
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return localAddress0();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return socket.isOpen() ? socket.localAddress() : null;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return remoteAddress0();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        SocketAddress known = accepted;
        accepted = null;
        // The number of a closed socket may be that of another one by now.
        return known == null && socket.isOpen() ? socket.remoteAddress() : known;
    }

    @Override
    public int sendPastQueue(ByteBuf bytes) {
        ChannelOutboundBuffer queue = unsafe().outboundBuffer();
        if (queue == null || queue.totalPendingWriteBytes() > 0 || !bytes.hasMemoryAddress()) {
            return 0;
        }
        try {
            return socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
        } catch (IOException e) {
            // The queue meets the same fault, and closes the connection.
            return 0;
        }
    }

    @Override
    public boolean queueIsEmpty() {
        ChannelOutboundBuffer queue = unsafe().outboundBuffer();
        return queue != null && queue.totalPendingWriteBytes() == 0 && socket.isOpen();
    }

    /** The options of a connection that the listener sets. */
    private static final class Config extends EpollChannelConfig {
        Config(EpollConnectionChannel channel) {
            super(channel);
        }

        @Override
        public <T> boolean setOption(ChannelOption<T> option, T value) {
            if (option.equals(ChannelOption.TCP_NODELAY)) {
                return Boolean.TRUE.equals(value);
            }
            if (!option.equals(ChannelOption.SO_KEEPALIVE)) {
                return super.setOption(option, value);
            }
            try {
                socket().setKeepAlive(Boolean.TRUE.equals(value));
            } catch (IOException e) {
                throw new ChannelException(e);
            }
            return true;
        }
    }

    /** An id for logs. */
    private record Id(long value) implements ChannelId {
        @Override
        public String asShortText() {
            return Integer.toHexString((int) value);
        }

        @Override
        public String asLongText() {
            return Long.toHexString(value);
        }

        @Override
        public int compareTo(ChannelId other) {
            return asLongText().compareTo(other.asLongText());
        }
    }
}
