// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as far as is known.
 *
 * @param address null where it is not known
 * @param text the address as text, empty where it is not known
 * @param secure whether its connection is known to be encrypted
 */
public record Peer(@Nullable InetAddress address, String text, boolean secure) {
    /** Nobody known. */
    public static final Peer UNKNOWN = new Peer(null, "", false);

    public static Peer of(InetAddress address, boolean secure) {
        return new Peer(address, IpAddresses.text(address), secure);
    }
}
