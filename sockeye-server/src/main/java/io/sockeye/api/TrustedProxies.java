// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.List;

/**
 * The proxies whose word about their clients is taken. From a peer in one of the networks, {@code X-Forwarded-For} and
 * {@code X-Forwarded-Proto}, or {@code Forwarded} (RFC 7239), tell the client's address and whether its connection is encrypted;
 * from any other peer they mean nothing. Immutable.
 */
public final class TrustedProxies {
    private static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

    private final List<String> networks;
    private final boolean proxyProtocol;

    private TrustedProxies(List<String> networks, boolean proxyProtocol) {
        this.networks = networks;
        this.proxyProtocol = proxyProtocol;
    }

    /** No proxy is trusted. */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * Names the networks.
     *
     * @param networks addresses such as {@code 127.0.0.1} or {@code ::1}, and networks such as {@code 10.0.0.0/8}; no names
     */
    public static TrustedProxies of(String... networks) {
        return new TrustedProxies(List.of(networks), false);
    }

    /**
     * The same networks, whose connections begin with a header of the PROXY protocol, version 1 or 2. A connection of theirs without
     * one, or with a malformed one, is closed. Connections of others must not have one.
     */
    public TrustedProxies withProxyProtocol() {
        return new TrustedProxies(networks, true);
    }

    /** The networks as they were given. */
    public List<String> networks() {
        return networks;
    }

    /** Whether connections from the networks begin with a header of the PROXY protocol. */
    public boolean proxyProtocol() {
        return proxyProtocol;
    }
}
