// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.ConnectionReport;
import io.sockeye.api.RequestLimits;
import io.sockeye.api.TrustedProxies;
import io.sockeye.api.UserKey;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.guard.ConnectionsPerUser;
import io.sockeye.internal.netty.EdgeSettings;
import io.sockeye.internal.transport.Networks;
import io.sockeye.internal.transport.Refusals;
import org.jspecify.annotations.Nullable;

/** Who may connect: the options, and for one server what is counted. */
final class Edge {
    /** A polling client uses two TCP connections, and a browser several more for what the page needs. */
    private static final int TCP_CONNECTIONS_EACH = 4;

    private static final int MORE_TCP_CONNECTIONS = 16;

    private final EdgeSettings settings;
    private final ConnectionLimits limits;
    private final @Nullable ConnectionsPerUser users;

    Edge(Options options) {
        Refusals refusals = new Refusals();
        settings = new EdgeSettings(
                tcpConnections(options.maxConnections),
                tcpConnections(options.maxPerAddress),
                options.maxPending,
                Networks.of(options.proxies.networks()),
                options.proxies.proxyProtocol(),
                refusals);
        limits = new ConnectionLimits(options.maxConnections, options.maxPerAddress, refusals);
        UserKey key = options.userKey;
        users = key == null ? null : new ConnectionsPerUser(options.maxPerUser, key, refusals);
    }

    /** The options, collected. Not thread-safe. */
    static final class Options {
        int maxConnections = ConnectionLimits.UNLIMITED;
        int maxPerAddress = ConnectionLimits.UNLIMITED;
        int maxPending = 8_192;
        int maxPerUser;

        @Nullable
        UserKey userKey;

        RequestLimits requests = RequestLimits.defaults();
        TrustedProxies proxies = TrustedProxies.none();

        /** @throws IllegalArgumentException if a network is none */
        void proxies(TrustedProxies value) {
            Networks.of(value.networks());
            proxies = value;
        }
    }

    private static int tcpConnections(int connections) {
        long most = (long) TCP_CONNECTIONS_EACH * connections + MORE_TCP_CONNECTIONS;
        return (int) Math.min(EdgeSettings.UNLIMITED, most);
    }

    EdgeSettings settings() {
        return settings;
    }

    ConnectionLimits limits() {
        return limits;
    }

    /** Null where the connections of users are not counted. */
    @Nullable
    ConnectionsPerUser users() {
        return users;
    }

    ConnectionReport report(int tcpConnections) {
        return new ConnectionReport(
                limits.open(),
                limits.turnedAway(),
                tcpConnections,
                limits.refusals().counts());
    }
}
