// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.sockeye.benchmarks.peers.Rooms;

/** What one client sends: answered as Socket.IO, or on {@code /raw} sent back. */
final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final Rooms<Channel> rooms;
    private boolean raw;

    FrameHandler(Rooms<Channel> rooms) {
        this.rooms = rooms;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof HandshakeComplete handshake) {
            raw = handshake.requestUri().equals("/raw");
            if (!raw) {
                ChannelFuture ignored = context.writeAndFlush(new TextWebSocketFrame(Rooms.OPEN));
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (raw) {
            ChannelFuture ignored = context.writeAndFlush(frame.retain());
        } else if (frame instanceof TextWebSocketFrame text) {
            rooms.onText(context.channel(), text.text());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        rooms.onClosed(context.channel());
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture ignored = context.close();
    }
}
