// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.sockeye.benchmarks.peers.CommandLine;
import io.sockeye.benchmarks.peers.Rooms;
import java.net.InetSocketAddress;

/** A server of Netty's own handlers for WebSocket, on one event loop. */
public final class NettyPeer {
    private static final int BACKLOG = 4_096;
    private static final int LARGEST_REQUEST = 65_536;
    private static final WebSocketServerProtocolConfig WEB_SOCKET = WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .maxFramePayloadLength(1_000_000)
            .build();

    private NettyPeer() {}

    public static void main(String[] args) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Rooms<Channel> rooms = new Rooms<>(new ChannelSender());
        Channel server = new ServerBootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                                .addLast(new WebSocketServerProtocolHandler(WEB_SOCKET))
                                .addLast(new FrameHandler(rooms));
                    }
                })
                .bind("127.0.0.1", CommandLine.port(args))
                .sync()
                .channel();
        CommandLine.ready(((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }
}
