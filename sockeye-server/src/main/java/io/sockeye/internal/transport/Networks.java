// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** A set of networks (CIDR, RFC 4632). Immutable. */
public final class Networks {
    private static final Networks NONE = new Networks(List.of());

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /** The first bits of an address. */
    private static final class Network {
        private final byte[] address;
        private final int bits;

        Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (other[i] != address[i]) {
                    return false;
                }
            }
            int mask = (0xff00 >> (bits % 8)) & 0xff;
            return mask == 0 || ((other[whole] ^ address[whole]) & mask) == 0;
        }
    }

    /** Nothing. */
    public static Networks none() {
        return NONE;
    }

    /**
     * Reads addresses and networks.
     *
     * @throws IllegalArgumentException if one is neither
     */
    public static Networks of(List<String> texts) {
        List<Network> read = new ArrayList<>();
        for (String text : texts) {
            read.add(network(text));
        }
        return read.isEmpty() ? NONE : new Networks(read);
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        InetAddress address = IpAddresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw malformed(text);
        }
        byte[] bytes = address.getAddress();
        int bits = bytes.length * 8;
        if (slash >= 0) {
            String length = text.substring(slash + 1);
            if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
                throw malformed(text);
            }
            bits = Integer.parseInt(length);
        }
        return new Network(bytes, bits);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "expected an address such as 127.0.0.1 or ::1, or a network such as 10.0.0.0/8, got " + text);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Whether an address is in one of them. */
    public boolean contains(InetAddress address) {
        if (networks.isEmpty()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        for (Network network : networks) {
            if (network.contains(bytes)) {
                return true;
            }
        }
        return false;
    }
}
