// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

/** What of an address is counted together: IPv4 as it is, of IPv6 the network of 64 bits, of which one client may have all. */
final class AddressKey {
    private static final int NETWORK_GROUPS = 4;

    private AddressKey() {}

    /** @param address as the JDK writes it, without a name */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = expanded(address).split(":", -1);
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < NETWORK_GROUPS && i < groups.length; i++) {
            network.append(groups[i]).append(':');
        }
        return network.append(":/64").toString();
    }

    /** With a zero for each group that a double colon at the start or in the middle stands for. */
    private static String expanded(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            return address;
        }
        String before = address.substring(0, gap);
        int groups = before.isEmpty() ? 0 : before.split(":", -1).length;
        return before + (before.isEmpty() ? "0" : ":0") + ":0".repeat(Math.max(0, NETWORK_GROUPS - groups));
    }
}
