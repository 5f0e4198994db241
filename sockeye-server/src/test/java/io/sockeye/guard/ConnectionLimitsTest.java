// SPDX-License-Identifier: Apache-2.0
package io.sockeye.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.RefusalReason;
import io.sockeye.internal.transport.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private static final int TOTAL = 7;
    private static final int PER_ADDRESS = 3;

    private final Refusals refusals = new Refusals();
    private final ConnectionLimits limits = new ConnectionLimits(TOTAL, PER_ADDRESS, refusals);

    @Test
    void theAddressIsCountedWithinTheWhole() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            assertThat(limits.refusal("192.0.2.1")).isNull();
            assertThat(limits.enter("192.0.2.1")).isNull();
        }
        assertThat(limits.refusal("192.0.2.1")).isEqualTo(RefusalReason.ADDRESS);
        assertThat(limits.enter("192.0.2.1")).isEqualTo(RefusalReason.ADDRESS);
        assertThat(limits.open()).isEqualTo(PER_ADDRESS);
        for (int i = 0; i < TOTAL - PER_ADDRESS; i++) {
            assertThat(limits.enter("192.0.2." + (i + 2))).isNull();
        }
        assertThat(limits.refusal("192.0.2.9")).isEqualTo(RefusalReason.CAPACITY);
        assertThat(limits.enter("192.0.2.9")).isEqualTo(RefusalReason.CAPACITY);
        assertThat(refusals.counts())
                .containsEntry(RefusalReason.ADDRESS, 1L)
                .containsEntry(RefusalReason.CAPACITY, 1L);
    }

    @Test
    void nothingIsKeptOfAddressesThatHaveGone() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(limits.enter("198.51.100." + i)).isNull();
            assertThat(limits.addresses()).isEqualTo(1);
            limits.leave("198.51.100." + i);
        }
        assertThat(limits.addresses()).isZero();
        assertThat(limits.open()).isZero();
    }

    @Test
    void severalThreadsNeverGetMoreThanThereAreAndLeaveNothing() throws Exception {
        AtomicInteger present = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> mostPresent(present)));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isBetween(1, TOTAL);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(limits.open()).isZero();
        assertThat(limits.addresses()).isZero();
    }

    private int mostPresent(AtomicInteger present) {
        int most = 0;
        for (int i = 0; i < 20_000; i++) {
            String address = "192.0.2." + ThreadLocalRandom.current().nextInt(4);
            if (limits.enter(address) == null) {
                most = Math.max(most, present.incrementAndGet());
                present.decrementAndGet();
                limits.leave(address);
            }
        }
        return most;
    }
}
