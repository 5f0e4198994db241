// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.RateLimitScope;
import io.sockeye.api.Socket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rate limit that one event of a namespace has. Any thread. */
public final class EventLimit {
    private final RateGuard guard;
    private final RateLimitScope scope;
    private final Rate rate;
    /** Null if each socket counts for itself. */
    private final @Nullable KeyedBuckets shared;

    EventLimit(RateGuard guard, RateLimitScope scope, Rate rate, @Nullable KeyedBuckets shared) {
        this.guard = guard;
        this.scope = scope;
        this.rate = rate;
        this.shared = shared;
    }

    public RateLimitScope scope() {
        return scope;
    }

    /**
     * Takes a token. Loop of the socket.
     *
     * @param connection what its connection has used of its limits
     * @param own the buckets of the socket
     * @param at where that of this limit begins
     * @return whether the event may be handled
     */
    public boolean admits(Socket socket, Supplier<ConnectionRates> connection, long[] own, int at) {
        if (shared == null) {
            return rate.take(own, at, 1, guard.now());
        }
        String key = scope == RateLimitScope.USER
                ? guard.userOf(socket)
                : connection.get().address();
        return key == null || shared.take(key, 1, guard.now());
    }

    /** Whether a socket has used nothing of the limit. */
    public boolean isFull(long[] own, int at) {
        return rate.isFull(own, at, guard.now());
    }

    /** How many users or addresses are kept in mind. */
    public int keys() {
        return shared == null ? 0 : shared.size();
    }
}
