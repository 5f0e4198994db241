// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.LimitHit;
import io.sockeye.internal.transport.IpAddresses;
import org.jspecify.annotations.Nullable;

/** What one connection has used of its limits. The loop of the connection only. */
public final class ConnectionRates {
    private static final int MESSAGES = 0;
    private static final int BYTES = MESSAGES + Rate.SLOTS;
    private static final int JOINS = BYTES + Rate.SLOTS;
    private static final int STRIKES = JOINS + Rate.SLOTS;
    private static final int ALL = STRIKES + Rate.SLOTS;

    private final RateGuard guard;
    private final String address;
    private final long[] buckets = new long[ALL];

    /** @param remoteAddress that of the client */
    public ConnectionRates(RateGuard guard, String remoteAddress) {
        this.guard = guard;
        this.address = IpAddresses.site(remoteAddress);
    }

    /** What counts as the same address. */
    String address() {
        return address;
    }

    /**
     * Takes what a message needs of all limits there are for it.
     *
     * @param user whose it is, or null
     * @return what refuses it, or null
     */
    public @Nullable LimitHit message(@Nullable String user, int bytes) {
        long now = guard.now();
        if (!take(guard.messages, MESSAGES, 1, now)) {
            return LimitHit.MESSAGE_RATE;
        }
        if (!take(guard.bytes, BYTES, bytes, now)) {
            return LimitHit.BYTE_RATE;
        }
        return guard.sharedMessage(user, address, bytes, now);
    }

    /** Whether the client may ask for one more namespace; if not, that has been counted. */
    public boolean admitsJoin() {
        long now = guard.now();
        boolean admitted = take(guard.joins, JOINS, 1, now) && guard.sharedJoin(address, now);
        if (!admitted) {
            guard.counters().count(LimitHit.JOIN_RATE);
        }
        return admitted;
    }

    /** Counts something that the client should not have done; false if it was one too many, which has been counted. */
    public boolean strike() {
        boolean tolerated = take(guard.strikes, STRIKES, 1, guard.now());
        if (!tolerated) {
            guard.counters().count(LimitHit.STRIKES);
        }
        return tolerated;
    }

    private boolean take(@Nullable Rate rate, int at, long tokens, long now) {
        return rate == null || rate.take(buckets, at, tokens, now);
    }
}
