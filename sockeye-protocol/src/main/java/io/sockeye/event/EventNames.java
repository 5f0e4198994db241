// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import java.util.Set;

/** The names that an application may give to its events: all but those that Socket.IO keeps for itself. */
public final class EventNames {
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    /** Tells whether Socket.IO gives the name a meaning of its own, so that no packet may carry it. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /**
     * Returns the name, if an application may use it.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static String requireUsable(String name) {
        if (isReserved(name)) {
            throw new IllegalArgumentException("The event name \"" + name
                    + "\" is reserved by Socket.IO: clients refuse packets with it. Choose another name; to learn of"
                    + " connections register onConnect on the namespace, of disconnections onDisconnecting or onDisconnect"
                    + " on the namespace or the socket.");
        }
        return name;
    }
}
