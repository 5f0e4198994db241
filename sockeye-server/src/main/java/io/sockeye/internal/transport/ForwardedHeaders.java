// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.Headers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What trusted proxies say about the client of a request: {@code X-Forwarded-For} and {@code X-Forwarded-Proto}, or
 * {@code Forwarded} (RFC 7239). Stateless.
 */
/* Each proxy adds to the right, so that is where the walk begins: at the peer. While whoever is reached is trusted, what it added
 * says who was before it. What is left of the first one that is not trusted was written by anybody. A proxy that adds to one of the
 * two kinds may pass on what a client wrote into the other, so where both are there they have to agree.
 */
public final class ForwardedHeaders {
    /** More proxies than these do not stand behind each other. */
    private static final int MAX_HOPS = 32;

    private ForwardedHeaders() {}

    /**
     * One step away from the server.
     *
     * @param node the address that was written, or another text that is none
     * @param scheme null where nothing is said
     */
    private record Hop(String node, @Nullable String scheme) {}

    /**
     * The client of a request that came from a peer.
     *
     * @return null if the fields cannot be understood, or contradict each other
     */
    public static @Nullable Peer client(Peer peer, Headers headers, Networks trusted) {
        InetAddress address = peer.address();
        if (address == null || !trusted.contains(address)) {
            return peer;
        }
        List<String> standard = headers.all("forwarded");
        List<String> usual = headers.all("x-forwarded-for");
        List<String> schemes = headers.all("x-forwarded-proto");
        if (standard.isEmpty()) {
            return walk(peer, usualHops(usual, schemes), trusted);
        }
        List<Hop> hops = standardHops(standard);
        if (hops == null) {
            return null;
        }
        Peer byStandard = walk(peer, hops, trusted);
        if (usual.isEmpty()) {
            return byStandard;
        }
        Peer byUsual = walk(peer, usualHops(usual, schemes), trusted);
        return byUsual.text().equals(byStandard.text()) ? byStandard : null;
    }

    /** @param hops the nearest first */
    private static Peer walk(Peer peer, List<Hop> hops, Networks trusted) {
        Peer reached = peer;
        for (Hop hop : hops) {
            InetAddress address = reached.address();
            if (address == null || !trusted.contains(address)) {
                break;
            }
            String scheme = hop.scheme();
            boolean secure = scheme == null ? reached.secure() : scheme.equals("https") || scheme.equals("wss");
            InetAddress before = addressOf(hop.node());
            if (before == null) {
                // The proxy does not know, or does not tell, who was before it.
                return new Peer(reached.address(), reached.text(), secure);
            }
            reached = Peer.of(before, secure);
        }
        return reached;
    }

    /** An address without its port: {@code 192.0.2.1:80} and {@code [2001:db8::1]:80} are written too. */
    private static @Nullable InetAddress addressOf(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end < 0 ? null : IpAddresses.parse(node.substring(1, end));
        }
        int colon = node.indexOf(':');
        boolean port = colon >= 0 && colon == node.lastIndexOf(':');
        return IpAddresses.parse(port ? node.substring(0, colon) : node);
    }

    // X-Forwarded-For

    private static List<Hop> usualHops(List<String> addresses, List<String> schemes) {
        List<String> nodes = fromTheRight(addresses);
        List<String> told = fromTheRight(schemes);
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            // A proxy that says the scheme for all those behind it leaves one value.
            String scheme = told.isEmpty() ? null : told.get(Math.min(i, told.size() - 1));
            hops.add(new Hop(nodes.get(i), scheme));
        }
        if (hops.isEmpty() && !told.isEmpty()) {
            hops.add(new Hop("", told.get(0)));
        }
        return hops;
    }

    private static List<String> fromTheRight(List<String> fields) {
        List<String> values = new ArrayList<>();
        for (int i = fields.size() - 1; i >= 0 && values.size() < MAX_HOPS; i--) {
            String field = fields.get(i);
            int end = field.length();
            while (end >= 0 && values.size() < MAX_HOPS) {
                int comma = field.lastIndexOf(',', end - 1);
                values.add(field.substring(comma + 1, end).trim().toLowerCase(Locale.ROOT));
                end = comma;
            }
        }
        return values;
    }

    // Forwarded

    /** @return null if the grammar of RFC 7239, section 4, does not hold */
    private static @Nullable List<Hop> standardHops(List<String> fields) {
        List<Hop> hops = new ArrayList<>();
        for (String field : fields) {
            ForwardedParser parser = new ForwardedParser(field);
            while (parser.nextElement()) {
                hops.add(0, new Hop(parser.node(), parser.scheme()));
                if (hops.size() > MAX_HOPS) {
                    hops.remove(MAX_HOPS);
                }
            }
            if (parser.malformed()) {
                return null;
            }
        }
        return hops;
    }
}
