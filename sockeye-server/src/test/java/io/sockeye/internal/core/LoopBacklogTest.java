// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.LimitHit;
import io.sockeye.internal.limits.LimitCounters;
import io.sockeye.internal.limits.PublisherGates;
import io.sockeye.testing.ManualLoop;
import io.sockeye.testing.OwnThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoopBacklogTest {
    private final ManualLoop loop = new ManualLoop();
    private final LimitCounters counters = new LimitCounters();
    private final List<Integer> ran = new ArrayList<>();

    private LoopBacklog backlog(boolean onLoop) {
        return new LoopBacklog(
                List.of(loop), 10_000, new PublisherGates(() -> onLoop, 5_000, counters, false), counters);
    }

    private void post(LoopBacklog backlog, int tasks) {
        for (int i = 0; i < tasks; i++) {
            int number = i;
            backlog.execute(loop, 1_000, () -> ran.add(number));
        }
    }

    @Test
    void anEventLoopDoesNotWaitAndIsRefusedAtTwiceTheBound() {
        LoopBacklog backlog = backlog(true);
        post(backlog, 7);
        assertThat(backlog.admits()).isTrue();
        post(backlog, 3);
        assertThat(backlog.admits()).isTrue();
        post(backlog, 10);
        assertThat(backlog.admits()).isFalse();
        assertThat(counters.of(LimitHit.BROADCAST_BACKLOG)).isEqualTo(1);
        loop.runTasks();
        assertThat(backlog.admits()).isTrue();
        assertThat(ran).hasSize(20);
    }

    @Test
    void anotherThreadWaitsForTheLoop() {
        LoopBacklog backlog = backlog(false);
        post(backlog, 20);
        CompletableFuture<Boolean> admitted = OwnThread.supply(backlog::admits);
        assertThat(admitted).isNotDone();
        loop.runTasks();
        assertThat(admitted).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        assertThat(counters.of(LimitHit.BROADCAST_BACKLOG)).isZero();
    }

    @Test
    void aPublisherThatMayBePausedWaitsForLittle() {
        LoopBacklog backlog = backlog(false);
        post(backlog, 3);
        backlog.awaitLoops();
        post(backlog, 3);
        CompletableFuture<Void> waiting = OwnThread.run(backlog::awaitLoops);
        assertThat(waiting).isNotDone();
        loop.runTasks();
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void whatRunsAtOnceWaitsForNobody() {
        LoopBacklog backlog = backlog(true);
        for (int i = 0; i < 100; i++) {
            int number = i;
            backlog.run(loop, 1_000, () -> ran.add(number));
        }
        assertThat(ran).hasSize(100);
        assertThat(backlog.admits()).isTrue();
    }
}
