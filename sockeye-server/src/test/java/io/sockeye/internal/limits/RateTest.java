// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.RateLimit;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
    private static final int BUCKETS = 300;
    private static final int STEPS = 300;

    /** A bucket in fractions that are never rounded, with as many parts to a token as the period has nanoseconds. */
    private static final class Model {
        private final BigInteger token;
        private final BigInteger perNano;
        private final BigInteger capacity;
        private BigInteger credit;
        private long last;

        Model(RateLimit limit, long start) {
            token = BigInteger.valueOf(limit.period().toNanos());
            perNano = BigInteger.valueOf(limit.permits());
            capacity = token.multiply(BigInteger.valueOf(limit.burst()));
            credit = capacity;
            last = start;
        }

        boolean take(long tokens, long now) {
            BigInteger refilled = perNano.multiply(BigInteger.valueOf(now).subtract(BigInteger.valueOf(last)));
            credit = credit.add(refilled).min(capacity);
            last = now;
            BigInteger cost = token.multiply(BigInteger.valueOf(tokens));
            if (credit.compareTo(cost) < 0) {
                return false;
            }
            credit = credit.subtract(cost);
            return true;
        }
    }

    private static RateLimit randomLimit(Random random) {
        long permits = 1 + random.nextLong(random.nextBoolean() ? 20 : 100_000_000);
        long burst = 1 + random.nextLong(random.nextBoolean() ? 20 : 1_000_000);
        long millis = 1 + random.nextLong(random.nextBoolean() ? 10_000 : 1_000_000);
        return new RateLimit(permits, Duration.ofMillis(millis), burst);
    }

    /** From nothing to a year, mostly about the time of a token. */
    private static long randomPause(Random random, RateLimit limit) {
        long token = Math.max(1, limit.period().toNanos() / limit.permits());
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextLong(Duration.ofDays(366).toNanos());
            case 2 -> random.nextLong(1 + limit.period().toNanos());
            case 3 -> token;
            default -> random.nextLong(2 * token);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aBucketIsExactlyWhatFractionsSay(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < BUCKETS; i++) {
            RateLimit limit = randomLimit(random);
            long now = random.nextLong() >> 2;
            Rate rate = Rate.of(limit);
            Model model = new Model(limit, now);
            long[] bucket = new long[Rate.SLOTS];
            for (int step = 0; step < STEPS; step++) {
                long tokens = 1 + random.nextLong(random.nextInt(10) == 0 ? 2 * limit.burst() : 2);
                assertThat(rate.take(bucket, 0, tokens, now))
                        .as("seed %d, bucket %d of %s, step %d: %d tokens", seed, i, limit, step, tokens)
                        .isEqualTo(model.take(tokens, now));
                now += randomPause(random, limit);
            }
        }
    }

    @Test
    void tenInTenSecondsAreTenAtOnceAndThenOneEachSecond() {
        Rate rate = Rate.of(RateLimit.of(10, Duration.ofSeconds(10)));
        long[] bucket = new long[Rate.SLOTS];
        long second = Duration.ofSeconds(1).toNanos();
        for (int i = 0; i < 10; i++) {
            assertThat(rate.take(bucket, 0, 1, 0)).isTrue();
        }
        assertThat(rate.take(bucket, 0, 1, second - 1)).isFalse();
        assertThat(rate.take(bucket, 0, 1, second)).isTrue();
        assertThat(rate.take(bucket, 0, 1, second)).isFalse();
        assertThat(rate.take(bucket, 0, 10, 12 * second)).isTrue();
        assertThat(rate.isFull(bucket, 0, 22 * second - 1)).isFalse();
        assertThat(rate.isFull(bucket, 0, 22 * second)).isTrue();
    }

    @Test
    void whatIsRefusedCostsNothing() {
        Rate rate = Rate.of(RateLimit.of(3, Duration.ofSeconds(1)));
        long[] bucket = new long[Rate.SLOTS];
        assertThat(rate.take(bucket, 0, 2, 0)).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(rate.take(bucket, 0, 2, 0)).isFalse();
        }
        assertThat(rate.take(bucket, 0, 1, 0)).isTrue();
    }

    @Test
    void moreThanTheBurstIsNeverAdmitted() {
        Rate rate = Rate.of(RateLimit.of(5, Duration.ofSeconds(1)));
        assertThat(rate.take(new long[Rate.SLOTS], 0, 6, 0)).isFalse();
        assertThat(rate.take(new long[Rate.SLOTS], 0, Long.MAX_VALUE, 0)).isFalse();
    }

    @Test
    void aClockThatStandsOrGoesBackRefillsNothing() {
        Rate rate = Rate.of(RateLimit.of(1, Duration.ofSeconds(1)));
        long[] bucket = new long[Rate.SLOTS];
        assertThat(rate.take(bucket, 0, 1, 100)).isTrue();
        assertThat(rate.take(bucket, 0, 1, 50)).isFalse();
    }

    @Test
    void whatCannotBeCountedExactlyIsRefusedWhenItIsDeclared() {
        assertThatThrownBy(() -> new RateLimit(1, Duration.ofDays(366), 1_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("take a shorter period");
        assertThatThrownBy(() -> RateLimit.of(0, Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateLimit.of(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
