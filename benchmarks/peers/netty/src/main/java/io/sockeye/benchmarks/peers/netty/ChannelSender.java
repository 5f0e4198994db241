// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.sockeye.benchmarks.peers.Rooms;
import java.util.Collection;

/** Writes and flushes; what goes to many is encoded once. */
final class ChannelSender implements Rooms.Sender<Channel> {
    @Override
    public void send(Channel channel, String text) {
        ChannelFuture ignored = channel.writeAndFlush(new TextWebSocketFrame(text));
    }

    @Override
    public void send(Collection<Channel> channels, String text) {
        if (channels.isEmpty()) {
            return;
        }
        ByteBuf encoded = ByteBufUtil.writeUtf8(channels.iterator().next().alloc(), text);
        for (Channel channel : channels) {
            ChannelFuture ignored = channel.writeAndFlush(new TextWebSocketFrame(encoded.retainedDuplicate()));
        }
        encoded.release();
    }
}
