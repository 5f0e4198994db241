// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.RateLimit;
import java.math.BigInteger;

/** The arithmetic of a {@link RateLimit} on buckets of two numbers each, which their owners keep. Immutable. */
/* A bucket is what was taken and has not come back, and when that was counted. So a bucket of zeros is full, and one that is full
 * need not be kept. What was taken is counted in parts of a token: `unit` parts make one, and `refill` parts come back in a
 * nanosecond. Both are whole numbers, so nothing is lost by rounding, however often a bucket is asked.
 */
public final class Rate {
    /** Numbers that a bucket takes. */
    public static final int SLOTS = 2;

    private final long unit;
    private final long refill;
    private final long burst;
    private final long capacity;

    private Rate(long unit, long refill, long burst) {
        this.unit = unit;
        this.refill = refill;
        this.burst = burst;
        this.capacity = Math.multiplyExact(unit, burst);
    }

    /** The arithmetic of a limit. */
    public static Rate of(RateLimit limit) {
        BigInteger nanos = BigInteger.valueOf(limit.period().toNanos());
        BigInteger permits = BigInteger.valueOf(limit.permits());
        BigInteger divisor = nanos.gcd(permits);
        return new Rate(
                nanos.divide(divisor).longValueExact(), permits.divide(divisor).longValueExact(), limit.burst());
    }

    /**
     * Takes tokens from a bucket, all or none.
     *
     * @param at where the bucket begins
     * @param now as {@link System#nanoTime}
     * @return whether there were enough
     */
    public boolean take(long[] buckets, int at, long tokens, long now) {
        if (tokens > burst) {
            return false;
        }
        long taken = taken(buckets, at, now);
        long cost = tokens * unit;
        if (cost > capacity - taken) {
            return false;
        }
        buckets[at] = taken + cost;
        buckets[at + 1] = now;
        return true;
    }

    /** Whether all that was taken from a bucket has come back. */
    public boolean isFull(long[] buckets, int at, long now) {
        return taken(buckets, at, now) == 0;
    }

    private long taken(long[] buckets, int at, long now) {
        long taken = buckets[at];
        long elapsed = Math.max(0, now - buckets[at + 1]);
        return elapsed > taken / refill ? 0 : taken - elapsed * refill;
    }

    /** Nanoseconds in which an empty bucket fills. */
    public long fillNanos() {
        return capacity / refill + 1;
    }
}
