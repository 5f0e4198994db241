// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sockeye.app.bench.measure.RunClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops of a run: with epoll where there is epoll. Any thread. */
public final class ClientLoops implements AutoCloseable {
    private final EventLoopGroup group;
    private final List<ClientLoop> loops = new ArrayList<>();

    /** Starts so many loops. */
    public ClientLoops(int threads, Target target, Credentials credentials, SessionListener listener, RunClock clock) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        ChannelFactory<? extends Channel> channels = epoll ? EpollSocketChannel::new : NioSocketChannel::new;
        group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("bench", true), handlers);
        ClientLoop.Wiring wiring = new ClientLoop.Wiring(target, credentials, listener, clock);
        for (int i = 0; i < threads; i++) {
            EventLoop eventLoop = group.next();
            loops.add(new ClientLoop(i, eventLoop, channels, wiring));
        }
    }

    /** The loops. */
    public List<ClientLoop> all() {
        return loops;
    }

    /** The loop of the session with a number. */
    public ClientLoop of(int number) {
        return loops.get(number % loops.size());
    }

    /** Closes all channels and waits until the loops have ended. */
    @Override
    public void close() {
        boolean ended = group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
        if (ended) {
            loops.forEach(ClientLoop::release);
        }
    }
}
