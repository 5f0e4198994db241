// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.sockeye.api.RefusalReason;
import io.sockeye.internal.transport.IpAddresses;
import io.sockeye.internal.transport.Peer;
import io.sockeye.internal.transport.Refusals;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the header of the PROXY protocol, which a trusted proxy puts in front of all else, and tells the connection who its client
 * is. Gone when the header is there. Loop only.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeader.class);
    private static final int MAX_EXTENSION_BYTES = 2048;

    private final HttpConnection connection;
    private final Refusals refusals;
    private boolean refused;

    ProxyHeader(HttpConnection connection, Refusals refusals) {
        this.connection = connection;
        this.refusals = refusals;
    }

    /** What makes a message of the bytes; it stands in front. */
    static HAProxyMessageDecoder decoder() {
        return new HAProxyMessageDecoder(MAX_EXTENSION_BYTES);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HAProxyMessage header)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            Peer client = client(header);
            if (client != null) {
                connection.proxied(client);
            }
        } finally {
            header.release();
        }
        ctx.pipeline().remove(this);
    }

    /** Null where the proxy speaks for itself, as in a check of health, or does not know its client. */
    private static @Nullable Peer client(HAProxyMessage header) {
        String source = header.sourceAddress();
        if (header.command() == HAProxyCommand.LOCAL || source == null) {
            return null;
        }
        InetAddress address = IpAddresses.parse(source);
        boolean encrypted =
                header.tlvs().stream().anyMatch(part -> part instanceof HAProxySSLTLV tls && tls.isPP2ClientSSL());
        return address == null ? null : Peer.of(address, encrypted);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!refused && !(cause instanceof IOException)) {
            refused = true;
            refusals.count(RefusalReason.PROXY);
            refusals.log(LOG, "closed a connection from a trusted proxy: it did not begin with a PROXY header");
        }
        LOG.debug("A connection from a trusted proxy is closed", cause);
        ChannelFuture ignored = ctx.close();
    }
}
