// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.LimitHit;
import io.sockeye.api.RateLimit;
import io.sockeye.testing.ManualLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyedBucketsTest {
    private final ManualLoop loop = new ManualLoop();
    private final LimitCounters counters = new LimitCounters();
    private final KeyedBuckets buckets =
            new KeyedBuckets(Rate.of(RateLimit.of(2, Duration.ofSeconds(2))), 160, loop, loop::nanoTime, counters);

    private boolean take(String key) {
        return buckets.take(key, 1, loop.nanoTime());
    }

    @Test
    void eachKeyHasABucketOfItsOwn() {
        assertThat(take("a")).isTrue();
        assertThat(take("a")).isTrue();
        assertThat(take("a")).isFalse();
        assertThat(take("b")).isTrue();
        loop.letPass(1_000);
        assertThat(take("a")).isTrue();
    }

    @Test
    void aKeyThatHasUsedNothingUpIsForgottenAndThenNothingIsScheduled() {
        take("a");
        loop.advance(1_000);
        take("b");
        loop.advance(1_500);
        assertThat(buckets.size()).isLessThanOrEqualTo(1);
        loop.advance(5_000);
        assertThat(buckets.size()).isZero();
        assertThat(loop.scheduled()).isZero();
        take("a");
        assertThat(loop.scheduled()).isEqualTo(1);
    }

    @Test
    void aFloodOfKeysIsBoundedAndCountedAndTheLatestAreKept() {
        for (int i = 0; i < 100_000; i++) {
            take("flood " + i);
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(160);
        assertThat(counters.of(LimitHit.FORGOTTEN_KEY)).isGreaterThanOrEqualTo(100_000 - 160);
        take("flood 99999");
        assertThat(take("flood 99999")).isFalse();
    }
}
