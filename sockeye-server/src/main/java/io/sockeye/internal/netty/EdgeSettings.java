// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.sockeye.internal.transport.Networks;
import io.sockeye.internal.transport.Refusals;

/**
 * Who may connect to a listener, and whose word about others is taken. Immutable but for what is counted.
 *
 * @param maxConnections the most TCP connections, whatever they are used for
 * @param maxPerAddress the most of them from one address that is no trusted proxy
 * @param maxPending the most of them that wait for their first request
 * @param proxies the networks of trusted proxies
 * @param proxyProtocol whether connections from these networks begin with a header of the PROXY protocol
 * @param refusals counts what was refused
 */
public record EdgeSettings(
        int maxConnections,
        int maxPerAddress,
        int maxPending,
        Networks proxies,
        boolean proxyProtocol,
        Refusals refusals) {
    /** What stands for no limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** No limits and no proxies. */
    public static EdgeSettings open() {
        return new EdgeSettings(UNLIMITED, UNLIMITED, UNLIMITED, Networks.none(), false, new Refusals());
    }

    /** The same with another bound on connections that wait for their first request. */
    public EdgeSettings withMaxPending(int most) {
        return new EdgeSettings(maxConnections, maxPerAddress, most, proxies, proxyProtocol, refusals);
    }

    /** The same with trusted proxies. */
    public EdgeSettings withProxies(Networks networks, boolean withProxyProtocol) {
        return new EdgeSettings(maxConnections, maxPerAddress, maxPending, networks, withProxyProtocol, refusals);
    }
}
