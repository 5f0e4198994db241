// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.LimitHit;
import io.sockeye.api.RateLimit;
import io.sockeye.api.RateLimitScope;
import io.sockeye.api.RateLimits;
import io.sockeye.api.Socket;
import io.sockeye.internal.transport.IpAddresses;
import io.sockeye.internal.transport.Loop;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rate limits of a server, and what users and addresses have used of them. Any thread. */
public final class RateGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RateGuard.class);

    private final RateLimits limits;
    private final Loop timekeeper;
    private final LongSupplier nanoTime;
    private final LimitCounters counters;
    private final boolean limitsMessages;
    private final boolean limitsJoins;
    private final AtomicBoolean userFailed = new AtomicBoolean();

    final @Nullable Rate messages;
    final @Nullable Rate bytes;
    final @Nullable Rate joins;
    final @Nullable Rate strikes;
    private final @Nullable KeyedBuckets userMessages;
    private final @Nullable KeyedBuckets userBytes;
    private final @Nullable KeyedBuckets addressMessages;
    private final @Nullable KeyedBuckets addressBytes;
    private final @Nullable KeyedBuckets addressJoins;
    private final @Nullable KeyedBuckets handshakes;

    /**
     * @param timekeeper where used-up limits of users and addresses are looked after
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public RateGuard(RateLimits limits, Loop timekeeper, LongSupplier nanoTime, LimitCounters counters) {
        this.limits = limits;
        this.timekeeper = timekeeper;
        this.nanoTime = nanoTime;
        this.counters = counters;
        this.limitsMessages = !limits.messages().isEmpty() || !limits.bytes().isEmpty();
        this.limitsJoins = !limits.joins().isEmpty();
        this.messages = rate(limits.messages().get(RateLimitScope.CONNECTION));
        this.bytes = rate(limits.bytes().get(RateLimitScope.CONNECTION));
        this.joins = rate(limits.joins().get(RateLimitScope.CONNECTION));
        this.strikes = rate(limits.strikes());
        this.userMessages = keyed(limits.messages(), RateLimitScope.USER);
        this.userBytes = keyed(limits.bytes(), RateLimitScope.USER);
        this.addressMessages = keyed(limits.messages(), RateLimitScope.ADDRESS);
        this.addressBytes = keyed(limits.bytes(), RateLimitScope.ADDRESS);
        this.addressJoins = keyed(limits.joins(), RateLimitScope.ADDRESS);
        RateLimit perAddress = limits.handshakes();
        this.handshakes = perAddress == null ? null : keyed(perAddress);
    }

    private static @Nullable Rate rate(@Nullable RateLimit limit) {
        return limit == null ? null : Rate.of(limit);
    }

    private @Nullable KeyedBuckets keyed(Map<RateLimitScope, RateLimit> all, RateLimitScope scope) {
        RateLimit limit = all.get(scope);
        return limit == null ? null : keyed(limit);
    }

    private KeyedBuckets keyed(RateLimit limit) {
        return new KeyedBuckets(Rate.of(limit), limits.maxKeys(), timekeeper, nanoTime, counters);
    }

    /** Whether messages are limited for all namespaces. */
    public boolean limitsMessages() {
        return limitsMessages;
    }

    /** Whether joins of namespaces are limited. */
    public boolean limitsJoins() {
        return limitsJoins;
    }

    public LimitCounters counters() {
        return counters;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Whether messages are counted by user. */
    public boolean countsUsers() {
        return userMessages != null || userBytes != null;
    }

    /** Who uses a socket; null if nobody knows. Loop only. */
    public @Nullable String userOf(Socket socket) {
        Function<Socket, @Nullable String> user = limits.user();
        if (user == null) {
            return null;
        }
        try {
            return user.apply(socket);
        } catch (RuntimeException | Error e) {
            if (!userFailed.getAndSet(true)) {
                LOG.warn(
                        "the user of {} is not known, so its address counts: what tells the rate limits failed; "
                                + "this is said once",
                        socket,
                        e);
            }
            return IpAddresses.site(socket.handshake().address());
        }
    }

    /** Whether an address may open one more session; if not, that has been counted. */
    public boolean admitsHandshake(String address) {
        boolean admitted = take(handshakes, handshakes == null ? null : IpAddresses.site(address), 1, now());
        if (!admitted) {
            counters.count(LimitHit.HANDSHAKE_RATE);
        }
        return admitted;
    }

    /** The part of a message that is counted with those of other connections; null if it is admitted. */
    @Nullable
    LimitHit sharedMessage(@Nullable String user, String address, int size, long now) {
        if (!take(userMessages, user, 1, now) || !take(addressMessages, address, 1, now)) {
            return LimitHit.MESSAGE_RATE;
        }
        return take(userBytes, user, size, now) && take(addressBytes, address, size, now) ? null : LimitHit.BYTE_RATE;
    }

    boolean sharedJoin(String address, long now) {
        return take(addressJoins, address, 1, now);
    }

    private static boolean take(@Nullable KeyedBuckets buckets, @Nullable String key, long tokens, long now) {
        return buckets == null || key == null || buckets.take(key, tokens, now);
    }

    /** The limit of one event. */
    public EventLimit forEvent(RateLimitScope scope, RateLimit limit) {
        if (scope == RateLimitScope.USER && limits.user() == null) {
            throw new IllegalStateException("a rate limit per user needs to know the user: set"
                    + " rateLimits(RateLimits.builder().user(socket -> ...).build()) on the builder of the server");
        }
        Rate rate = Rate.of(limit);
        return new EventLimit(this, scope, rate, scope == RateLimitScope.CONNECTION ? null : keyed(limit));
    }

    /** How many users and addresses are kept in mind, each counted for each limit. */
    public int keys() {
        int keys = 0;
        KeyedBuckets[] all = {userMessages, userBytes, addressMessages, addressBytes, addressJoins, handshakes};
        for (KeyedBuckets buckets : all) {
            keys += buckets == null ? 0 : buckets.size();
        }
        return keys;
    }
}
