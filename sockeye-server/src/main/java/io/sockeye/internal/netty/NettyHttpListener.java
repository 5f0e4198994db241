// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.sockeye.internal.transport.HttpListener;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.Loop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener on Netty. Any thread. Its threads start with the first task or connection. */
public final class NettyHttpListener implements HttpListener {
    private static final Logger LOG = LoggerFactory.getLogger(NettyHttpListener.class);
    private static final int BACKLOG = 4096;
    private static final int LOW_WATER_MARK = 32 * 1024;
    private static final int HIGH_WATER_MARK = 64 * 1024;

    private final HttpListenerSettings settings;
    private final IoTransport transport;
    private final TcpGate gate;
    private final EventLoopGroup group;
    private final List<Loop> loops;
    private final IdentityHashMap<EventLoop, NettyLoop> byEventLoop = new IdentityHashMap<>();
    private final AtomicReference<@Nullable Channel> serverChannel = new AtomicReference<>();

    public NettyHttpListener(HttpListenerSettings settings) {
        this.settings = settings;
        this.transport = IoTransport.of(settings.networkIo());
        this.gate = new TcpGate(settings.edge());
        this.group = new MultiThreadIoEventLoopGroup(
                settings.loops(), new DefaultThreadFactory(settings.threadName()), transport.handlers());
        int maxPending = Math.max(1, settings.edge().maxPending() / settings.loops());
        List<Loop> created = new ArrayList<>();
        for (EventExecutor executor : group) {
            EventLoop eventLoop = (EventLoop) executor;
            NettyLoop loop = new NettyLoop(
                    created.size(), eventLoop, maxPending, settings.edge().refusals());
            byEventLoop.put(eventLoop, loop);
            created.add(loop);
        }
        this.loops = List.copyOf(created);
    }

    @Override
    public List<Loop> loops() {
        return loops;
    }

    @Override
    public InetSocketAddress start(InetSocketAddress address, HttpService service) {
        ChannelFuture bound = bootstrap(service).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new UncheckedIOException(refusedBinding(address, bound.cause()));
        }
        Channel channel = bound.channel();
        serverChannel.set(channel);
        InetSocketAddress actual = (InetSocketAddress) channel.localAddress();
        LOG.debug("Listening on {} with {} and {} event loops", actual, transport.label(), loops.size());
        return actual;
    }

    @Override
    public long bufferBytes() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator
                ? allocator.metric().usedDirectMemory()
                : 0;
    }

    private ServerBootstrap bootstrap(HttpService service) {
        return new ServerBootstrap()
                .group(group)
                .channelFactory(transport.channelFactory())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // Netty sets TCP_NODELAY itself.
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(LOW_WATER_MARK, HIGH_WATER_MARK))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, transport.receiveBuffers())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, service);
                    }
                });
    }

    private void accept(Channel channel, HttpService service) {
        // The channel keeps its address for the first question only.
        InetAddress address = channel.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
        if (!gate.admit(channel, address)) {
            return;
        }
        HttpConnection connection =
                new HttpConnection(channel, loopOf(channel.eventLoop()), settings, service, address);
        if (settings.edge().proxyProtocol() && connection.fromTrustedProxy()) {
            channel.pipeline()
                    .addLast(
                            ProxyHeader.decoder(),
                            new ProxyHeader(connection, settings.edge().refusals()));
        }
        channel.pipeline().addLast(connection.decoder(), connection);
    }

    @Override
    public int connections() {
        return gate.open();
    }

    private NettyLoop loopOf(EventLoop eventLoop) {
        NettyLoop loop = byEventLoop.get(eventLoop);
        if (loop == null) {
            throw new IllegalStateException("expected an event loop of this listener, got " + eventLoop);
        }
        return loop;
    }

    private static IOException refusedBinding(InetSocketAddress address, Throwable cause) {
        String host = address.isUnresolved() || address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        if (address.isUnresolved()) {
            return new IOException(
                    "cannot listen on " + host + ": the name is not known. Give an address of this machine", cause);
        }
        String place = "port " + address.getPort() + " on " + host;
        String detail = String.valueOf(cause.getMessage());
        if (detail.contains("in use")) {
            return new IOException(
                    place + " is already in use: stop the other program or choose another port"
                            + " with port(...), where 0 takes a free one",
                    cause);
        }
        if (detail.contains("ermission denied")) {
            return new IOException(
                    place + " is not allowed for this user: choose a port from 1024 on, or grant the right", cause);
        }
        return new IOException("cannot listen on " + place + ": choose an address that this machine has", cause);
    }

    @Override
    public void stopAccepting() {
        Channel channel = serverChannel.getAndSet(null);
        if (channel != null) {
            ChannelFuture closed = channel.close();
            if (!inAnyLoop()) {
                closed.awaitUninterruptibly();
            }
        }
    }

    @Override
    public void close(long deadlineMillis) {
        stopAccepting();
        byEventLoop.values().forEach(loop -> loop.execute(loop::closeConnections));
        var ended = group.shutdownGracefully(0, deadlineMillis, TimeUnit.MILLISECONDS);
        if (!inAnyLoop() && !ended.awaitUninterruptibly(deadlineMillis, TimeUnit.MILLISECONDS)) {
            LOG.warn("The event loops did not end within {} ms", deadlineMillis);
        }
    }

    private boolean inAnyLoop() {
        return loops.stream().anyMatch(Loop::inLoop);
    }
}
