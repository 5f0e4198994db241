// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.AbstractEpollServerChannel;
import io.netty.channel.epoll.EpollChannelConfig;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.NativeInetAddress;
import java.io.IOException;
import java.net.SocketAddress;

/** A listening socket on epoll whose connections are {@link EpollConnectionChannel}s. */
final class EpollListeningChannel extends AbstractEpollServerChannel {
    private final Config config = new Config(this);

    EpollListeningChannel() {
        super(LinuxSocket.newSocketStream(), false);
    }

    @Override
    public EpollChannelConfig config() {
        return config;
    }

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        super.doBind(address);
        socket.listen(config.backlog);
        active = true;
        // From now on it can break; Netty adds the wish to accept.
        registration().submit(EpollIoOps.EPOLLERR);
    }

    @Override
    protected Channel newChildChannel(int descriptor, byte[] address, int offset, int length) {
        return new EpollConnectionChannel(
                LinuxSocket.newSocket(descriptor), NativeInetAddress.address(address, offset, length));
    }

    /** The options of the listening socket that the listener sets. */
    private static final class Config extends EpollChannelConfig {
        private volatile int backlog;

        Config(EpollListeningChannel channel) {
            super(channel, new ServerChannelRecvByteBufAllocator());
        }

        @Override
        public <T> boolean setOption(ChannelOption<T> option, T value) {
            if (option.equals(ChannelOption.SO_BACKLOG) && value instanceof Integer connections) {
                backlog = connections;
                return true;
            }
            if (!option.equals(ChannelOption.SO_REUSEADDR)) {
                return super.setOption(option, value);
            }
            try {
                socket().setReuseAddress(Boolean.TRUE.equals(value));
            } catch (IOException e) {
                throw new ChannelException(e);
            }
            return true;
        }
    }
}
