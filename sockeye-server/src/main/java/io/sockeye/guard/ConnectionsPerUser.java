// SPDX-License-Identifier: Apache-2.0
package io.sockeye.guard;

import io.sockeye.api.Handshake;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.UserKey;
import io.sockeye.internal.transport.KeyedCounts;
import io.sockeye.internal.transport.Refusals;
import org.jspecify.annotations.Nullable;

/** Counts the connections of each user. Any thread, but {@link #keyOf} runs user code, which may block. */
public final class ConnectionsPerUser {
    private final UserKey key;
    private final Refusals refusals;
    private final KeyedCounts users;

    /**
     * Counts up to a limit.
     *
     * @param key tells the users apart
     */
    public ConnectionsPerUser(int limit, UserKey key, Refusals refusals) {
        this.key = key;
        this.refusals = refusals;
        this.users = new KeyedCounts(limit);
    }

    /** Whose connection it is, or null if it is not to be counted. */
    public @Nullable String keyOf(Handshake handshake) throws Exception {
        return key.of(handshake);
    }

    /** Counts a connection of a user, unless it is one too many; {@link #leave} takes it back. */
    public boolean enter(String user) {
        boolean entered = users.enter(user);
        if (!entered) {
            refusals.count(RefusalReason.USER);
        }
        return entered;
    }

    /** A connection that was counted has ended. */
    public void leave(String user) {
        users.leave(user);
    }

    /** How many users are kept. */
    public int size() {
        return users.size();
    }
}
