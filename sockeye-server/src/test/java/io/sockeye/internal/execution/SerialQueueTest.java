// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialQueueTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<Boolean> flow = new ArrayList<>();
    private final Queue<Runnable> turns = new ArrayDeque<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** A queue that runs when the test says so. */
    private SerialQueue byHand(int capacity) {
        return new SerialQueue(turns::add, capacity, flow::add);
    }

    private void runTurn() {
        turns.remove().run();
    }

    @Test
    void tasksRunInOrderOneAtATime() throws Exception {
        SerialQueue queue = new SerialQueue(threads, 1_000_000, open -> {});
        AtomicBoolean running = new AtomicBoolean();
        List<Integer> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            queue.offer(() -> {
                assertThat(running.compareAndSet(false, true)).isTrue();
                ran.add(number);
                running.set(false);
            });
        }
        queue.offer(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void tasksOfSeveralThreadsKeepTheOrderOfEachThread() throws Exception {
        SerialQueue queue = new SerialQueue(threads, 100, open -> {});
        List<List<Integer>> ran = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        AtomicInteger count = new AtomicInteger();
        List<Thread> producers = new ArrayList<>();
        for (List<Integer> mine : ran) {
            Thread producer = new Thread(() -> IntStream.range(0, 5_000)
                    .forEach(i -> queue.offer(() -> {
                        mine.add(i);
                        count.incrementAndGet();
                    })));
            producers.add(producer);
            producer.start();
        }
        for (Thread producer : producers) {
            producer.join();
        }
        await().untilAsserted(() -> assertThat(count).hasValue(15_000));
        await().until(queue::idle);
        assertThat(ran)
                .allSatisfy(numbers -> assertThat(numbers)
                        .isEqualTo(IntStream.range(0, 5_000).boxed().toList()));
    }

    @Test
    void theSourceIsStoppedAtTheCapacityAndResumedAtHalfOfIt() {
        SerialQueue queue = byHand(4);
        List<Boolean> seenByTasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            queue.offer(() -> seenByTasks.add(flow.size() == 1));
        }
        assertThat(flow).containsExactly(false);
        runTurn();
        assertThat(flow).containsExactly(false, true);
        assertThat(seenByTasks).containsExactly(true, true, true, false, false, false);
    }

    @Test
    void eachStopIsFollowedByOneResume() throws Exception {
        AtomicInteger stops = new AtomicInteger();
        AtomicInteger resumes = new AtomicInteger();
        SerialQueue queue = new SerialQueue(threads, 2, open -> (open ? resumes : stops).incrementAndGet());
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            queue.offer(ran::incrementAndGet);
        }
        await().untilAsserted(() -> assertThat(ran).hasValue(20_000));
        await().until(queue::idle);
        assertThat(stops.get()).isPositive();
        await().untilAsserted(() -> assertThat(resumes).hasValue(stops.get()));
    }

    @Test
    void aLongQueueGivesOthersATurn() {
        SerialQueue queue = byHand(1_000);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            queue.offer(ran::incrementAndGet);
        }
        assertThat(turns).hasSize(1);
        runTurn();
        assertThat(ran.get()).isBetween(1, 199);
        while (!turns.isEmpty()) {
            runTurn();
        }
        assertThat(ran).hasValue(200);
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void aFailingTaskDoesNotStopTheNext() {
        SerialQueue queue = byHand(10);
        AtomicInteger ran = new AtomicInteger();
        queue.offer(() -> {
            throw new IllegalStateException("broken");
        });
        queue.offer(() -> {
            throw new AssertionError("broken");
        });
        queue.offer(ran::incrementAndGet);
        runTurn();
        assertThat(ran).hasValue(1);
    }

    @Test
    void itIsIdleOnlyWhenNothingRunsOrWaits() {
        SerialQueue queue = byHand(10);
        assertThat(queue.idle()).isTrue();
        List<Boolean> within = new ArrayList<>();
        queue.offer(() -> within.add(queue.idle()));
        assertThat(queue.idle()).isFalse();
        runTurn();
        assertThat(within).containsExactly(false);
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void whatWaitsIsRunThoughTheExecutorShutsDown() throws Exception {
        SerialQueue queue = new SerialQueue(threads, 1_000, open -> {});
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        queue.offer(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 500; i++) {
            queue.offer(ran::incrementAndGet);
        }
        threads.shutdown();
        release.countDown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(500);
    }
}
