// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.guard.ConnectionsPerUser;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** For whom one connection is counted: a user of each namespace, mostly the same. The loop of the connection. */
final class ConnectionUsers {
    private final ConnectionsPerUser users;
    private final Map<String, String> byNamespace = new HashMap<>(2);

    ConnectionUsers(ConnectionsPerUser users) {
        this.users = users;
    }

    /** The connection is a user's in a namespace. False if that is one connection too many. */
    boolean enter(String namespace, String user) {
        if (user.equals(byNamespace.get(namespace))) {
            return true;
        }
        if (!byNamespace.containsValue(user) && !users.enter(user)) {
            return false;
        }
        leave(namespace);
        byNamespace.put(namespace, user);
        return true;
    }

    /** The connection has left a namespace; no effect if it was nobody's there. */
    void leave(String namespace) {
        String user = byNamespace.remove(namespace);
        if (user != null && !byNamespace.containsValue(user)) {
            users.leave(user);
        }
    }

    /** The connection is over. */
    void leaveAll() {
        for (String namespace : Set.copyOf(byNamespace.keySet())) {
            leave(namespace);
        }
    }
}
