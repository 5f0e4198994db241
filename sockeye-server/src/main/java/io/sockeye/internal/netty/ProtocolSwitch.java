// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.sockeye.api.HttpRequest;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.internal.transport.WebSocketSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The change of one connection from HTTP to WebSocket. It starts on the connection's loop and ends on the loop that the
 * connection shall live on; in between, the connection is on neither and nothing is read.
 */
final class ProtocolSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(ProtocolSwitch.class);

    private final HttpConnection connection;
    private final NettyHttpExchange exchange;
    private final NettyLoop target;
    private final WebSocketSettings settings;
    private final WebSocketListener listener;

    ProtocolSwitch(
            HttpConnection connection,
            NettyHttpExchange exchange,
            NettyLoop target,
            WebSocketSettings settings,
            WebSocketListener listener) {
        this.connection = connection;
        this.exchange = exchange;
        this.target = target;
        this.settings = settings;
        this.listener = listener;
    }

    /** Starts. On the connection's loop. */
    void start() {
        if (target == connection.loop()) {
            complete();
            return;
        }
        Channel channel = connection.channel();
        channel.config().setAutoRead(false);
        channel.deregister().addListener(deregistered -> {
            if (deregistered.isSuccess()) {
                register(channel);
            } else {
                fail(deregistered.cause());
            }
        });
    }

    private void register(Channel channel) {
        ChannelFuture registered = target.eventLoop().register(channel);
        registered.addListener(future -> {
            if (future.isSuccess()) {
                complete();
            } else {
                fail(future.cause());
            }
        });
    }

    private void fail(Throwable cause) {
        LOG.debug("A connection could not move to event loop {}", target.index(), cause);
        ChannelFuture ignored = connection.channel().close();
        abort();
    }

    private void abort() {
        try {
            exchange.abort();
        } catch (RuntimeException | Error e) {
            target.refusals().warn(LOG, "Handling the end of {} failed", exchange.head(), e);
        }
    }

    private void complete() {
        Channel channel = connection.channel();
        if (!channel.isActive()) {
            abort();
            return;
        }
        HttpRequest request = exchange.head();
        String subprotocol = WebSocketHandshake.subprotocol(request, settings);
        ChannelPipeline pipeline = channel.pipeline();
        String extension = WebSocketHandshake.extension(request, settings);
        WebSocketConnection webSocket = new WebSocketConnection(
                target,
                listener,
                settings.maxMessageBytes(),
                settings.budget(),
                subprotocol,
                extension.isEmpty() ? null : settings.deflate());
        ByteBuf accepted = ResponseWriter.switchingProtocols(
                channel.alloc(),
                WebSocketHandshake.accept(request),
                WebSocketHandshake.chosen(subprotocol, extension, settings));
        ChannelFuture ignored = channel.write(accepted, channel.voidPromise());
        pipeline.addLast(webSocket);
        webSocket.open();
        pipeline.remove(connection);
        // Passes on what came behind the handshake.
        pipeline.remove(connection.decoder());
        webSocket.start();
    }
}
