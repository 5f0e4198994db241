// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.sockeye.api.RefusalReason;
import io.sockeye.internal.transport.IpAddresses;
import io.sockeye.internal.transport.KeyedCounts;
import io.sockeye.internal.transport.Refusals;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the TCP connections of a listener and turns away those beyond its limits. Any thread. */
final class TcpGate {
    private static final Logger LOG = LoggerFactory.getLogger(TcpGate.class);

    private final EdgeSettings settings;
    private final AtomicInteger open = new AtomicInteger();
    private final KeyedCounts addresses;
    private final ChannelFutureListener left = closed -> open.decrementAndGet();

    TcpGate(EdgeSettings settings) {
        this.settings = settings;
        this.addresses = new KeyedCounts(settings.maxPerAddress());
    }

    /** How many connections are open. */
    int open() {
        return open.get();
    }

    /**
     * Counts a connection until it is closed, or closes it.
     *
     * @return whether it was let in
     */
    boolean admit(Channel channel, @Nullable InetAddress address) {
        int present = open.incrementAndGet();
        channel.closeFuture().addListener(left);
        if (present > settings.maxConnections()) {
            refuse(channel, RefusalReason.CAPACITY, address);
            return false;
        }
        if (settings.maxPerAddress() == EdgeSettings.UNLIMITED
                || address == null
                || settings.proxies().contains(address)) {
            return true;
        }
        String site = IpAddresses.site(IpAddresses.text(address));
        if (!addresses.enter(site)) {
            refuse(channel, RefusalReason.ADDRESS, address);
            return false;
        }
        channel.closeFuture().addListener(closed -> addresses.leave(site));
        return true;
    }

    private void refuse(Channel channel, RefusalReason reason, @Nullable InetAddress address) {
        Refusals refusals = settings.refusals();
        refusals.count(reason);
        refusals.log(
                LOG,
                "closed a new connection from {}: {}",
                address == null ? "an unknown address" : IpAddresses.text(address),
                reason.label());
        ChannelFuture ignored = channel.close();
    }
}
