// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of the internet protocol and their text. An IPv4 address in the form of an IPv6 one is an IPv4 address. Stateless. */
public final class IpAddresses {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    /** Of a network that one customer has. */
    private static final int IPV6_SITE_BYTES = 8;

    private IpAddresses() {}

    /** The address that a text is, or null if it is none. Names are not looked up. */
    public static @Nullable InetAddress parse(String text) {
        boolean literal = text.indexOf(':') >= 0
                ? IPV6.matcher(text).matches()
                : IPV4.matcher(text).matches();
        if (!literal) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The text of an address, in the form of RFC 5952 for IPv6, without the scope. */
    public static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        int[] groups = groups(address.getAddress());
        int zeros = longestZeros(groups);
        int zerosEnd = zeros < 0 ? -1 : endOfZeros(groups, zeros);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < groups.length; i++) {
            if (i == zeros) {
                text.append("::");
                i = zerosEnd - 1;
            } else {
                if (i > 0 && i != zerosEnd) {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static int[] groups(byte[] bytes) {
        int[] groups = new int[bytes.length / 2];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        return groups;
    }

    /** Where the longest run of two or more zeros begins, or -1. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int start = 0; start < groups.length; start++) {
            int length = endOfZeros(groups, start) - start;
            if (length > bestLength) {
                best = start;
                bestLength = length;
            }
        }
        return best;
    }

    private static int endOfZeros(int[] groups, int start) {
        int end = start;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end;
    }

    /**
     * What is counted as one address: itself for IPv4, the network of 64 bits for IPv6, which one customer has the whole of. A text that
     * is no address stands for itself.
     */
    public static String site(String text) {
        if (text.indexOf(':') < 0) {
            return text;
        }
        InetAddress address = parse(text);
        if (!(address instanceof Inet6Address)) {
            return address == null ? text : text(address);
        }
        byte[] bytes = address.getAddress();
        StringBuilder site = new StringBuilder(23);
        for (int i = 0; i < IPV6_SITE_BYTES; i += 2) {
            site.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return site.append(":/64").toString();
    }
}
