// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How often something may happen: a token bucket. It holds {@code burst} tokens at first and at most, and is refilled evenly with
 * {@code permits} tokens per {@code period}. Immutable.
 *
 * @param permits tokens that come in a period, from 1
 * @param period from 1 ms
 * @param burst tokens that may be taken at once, from 1
 */
public record RateLimit(long permits, Duration period, long burst) {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE / 2);

    /**
     * A limit.
     *
     * @throws IllegalArgumentException if a value is out of range, or if burst and period together are too large to be counted exactly
     */
    public RateLimit {
        if (permits < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "permits and burst of a rate limit must be at least 1, got " + permits + " and " + burst);
        }
        if (period.compareTo(Duration.ofMillis(1)) < 0 || period.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException(
                    "the period of a rate limit must be from one millisecond to 366 days, got " + period);
        }
        BigInteger nanos = BigInteger.valueOf(period.toNanos());
        BigInteger unit = nanos.divide(nanos.gcd(BigInteger.valueOf(permits)));
        if (unit.multiply(BigInteger.valueOf(burst)).compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("a burst of " + burst + " in a period of " + period
                    + " is too large to be counted to the nanosecond; take a shorter period with fewer permits");
        }
    }

    /** So many in a period, all of which may come at once: {@code of(10, Duration.ofSeconds(10))} is ten, then one each second. */
    public static RateLimit of(long permits, Duration period) {
        return new RateLimit(permits, period, permits);
    }

    /** The same with another number that may come at once. */
    public RateLimit withBurst(long tokens) {
        return new RateLimit(permits, period, tokens);
    }
}
