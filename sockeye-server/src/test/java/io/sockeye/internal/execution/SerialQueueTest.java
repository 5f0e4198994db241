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
        return new SerialQueue(turns::add, new SerialQueue.Bounds(capacity, Long.MAX_VALUE), flow::add);
    }

    private static void offer(SerialQueue queue, Runnable task) {
        queue.offer(task, 0);
    }

    /** Waits until all that was offered so far has run. */
    private static void awaitAll(SerialQueue queue) {
        CountDownLatch done = new CountDownLatch(1);
        offer(queue, done::countDown);
        await().until(() -> done.getCount() == 0);
    }

    private void runTurn() {
        turns.remove().run();
    }

    @Test
    void isIdleWhenNothingWaitsOrRuns() {
        SerialQueue queue = byHand(1);
        List<Boolean> idle = new ArrayList<>();
        idle.add(queue.idle());
        offer(queue, () -> idle.add(queue.idle()));
        idle.add(queue.idle());
        runTurn();
        idle.add(queue.idle());
        assertThat(idle).containsExactly(true, false, false, true);
    }

    @Test
    void tasksRunInOrderOneAtATime() throws Exception {
        SerialQueue queue = new SerialQueue(threads, new SerialQueue.Bounds(1_000_000, Long.MAX_VALUE), open -> {});
        AtomicBoolean running = new AtomicBoolean();
        List<Integer> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            offer(queue, () -> {
                assertThat(running.compareAndSet(false, true)).isTrue();
                ran.add(number);
                running.set(false);
            });
        }
        offer(queue, done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void tasksOfSeveralThreadsKeepTheOrderOfEachThread() throws Exception {
        SerialQueue queue = new SerialQueue(threads, new SerialQueue.Bounds(100, Long.MAX_VALUE), open -> {});
        List<List<Integer>> ran = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        AtomicInteger count = new AtomicInteger();
        List<Thread> producers = new ArrayList<>();
        for (List<Integer> mine : ran) {
            Thread producer = new Thread(() -> IntStream.range(0, 5_000)
                    .forEach(i -> offer(queue, () -> {
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
        awaitAll(queue);
        assertThat(ran)
                .allSatisfy(numbers -> assertThat(numbers)
                        .isEqualTo(IntStream.range(0, 5_000).boxed().toList()));
    }

    @Test
    void theSourceIsStoppedAtTheCapacityAndResumedAtHalfOfIt() {
        SerialQueue queue = byHand(4);
        List<Boolean> seenByTasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            offer(queue, () -> seenByTasks.add(flow.size() == 1));
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
        SerialQueue queue = new SerialQueue(
                threads, new SerialQueue.Bounds(2, Long.MAX_VALUE), open -> (open ? resumes : stops).incrementAndGet());
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            offer(queue, ran::incrementAndGet);
        }
        await().untilAsserted(() -> assertThat(ran).hasValue(20_000));
        awaitAll(queue);
        assertThat(stops.get()).isPositive();
        await().untilAsserted(() -> assertThat(resumes).hasValue(stops.get()));
    }

    @Test
    void aLongQueueGivesOthersATurn() {
        SerialQueue queue = byHand(1_000);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            offer(queue, ran::incrementAndGet);
        }
        assertThat(turns).hasSize(1);
        runTurn();
        assertThat(ran.get()).isBetween(1, 199);
        while (!turns.isEmpty()) {
            runTurn();
        }
        assertThat(ran).hasValue(200);
    }

    @Test
    void aFailingTaskDoesNotStopTheNext() {
        SerialQueue queue = byHand(10);
        AtomicInteger ran = new AtomicInteger();
        offer(queue, () -> {
            throw new IllegalStateException("broken");
        });
        offer(queue, () -> {
            throw new AssertionError("broken");
        });
        offer(queue, ran::incrementAndGet);
        runTurn();
        assertThat(ran).hasValue(1);
    }

    @Test
    void theSourceIsToldToStopForWhatTheTasksHold() {
        SerialQueue queue = new SerialQueue(turns::add, new SerialQueue.Bounds(1_000, 100), flow::add);
        queue.offer(() -> {}, 60);
        assertThat(flow).isEmpty();
        queue.offer(() -> {}, 60);
        assertThat(flow).containsExactly(false);
        runTurn();
        assertThat(flow).containsExactly(false, true);
    }

    @Test
    void whatWaitsIsRunThoughTheExecutorShutsDown() throws Exception {
        SerialQueue queue = new SerialQueue(threads, new SerialQueue.Bounds(1_000, Long.MAX_VALUE), open -> {});
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        offer(queue, () -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 500; i++) {
            offer(queue, ran::incrementAndGet);
        }
        threads.shutdown();
        release.countDown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(500);
    }

    @Test
    void aPauseHasTheRestOfItsTaskRunFirst() {
        SerialQueue queue = byHand(10);
        List<String> ran = new ArrayList<>();
        offer(queue, () -> {
            ran.add("asks");
            queue.pause();
        });
        offer(queue, () -> ran.add("next"));
        runTurn();
        assertThat(ran).containsExactly("asks");
        assertThat(turns).isEmpty();
        offer(queue, () -> ran.add("last"));
        assertThat(turns).isEmpty();
        assertThat(queue.idle()).isFalse();
        queue.resume(() -> ran.add("rest"));
        runTurn();
        assertThat(ran).containsExactly("asks", "rest", "next", "last");
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void aPauseMayEndWithinItsTask() {
        SerialQueue queue = byHand(10);
        List<String> ran = new ArrayList<>();
        offer(queue, () -> {
            queue.pause();
            queue.resume(() -> ran.add("rest"));
            ran.add("asks");
        });
        offer(queue, () -> ran.add("next"));
        runTurn();
        assertThat(ran).containsExactly("asks", "rest", "next");
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void theRestOfATaskMayPauseAgain() {
        SerialQueue queue = byHand(10);
        List<String> ran = new ArrayList<>();
        offer(queue, queue::pause);
        offer(queue, () -> ran.add("next"));
        runTurn();
        queue.resume(queue::pause);
        runTurn();
        assertThat(ran).isEmpty();
        queue.resume(() -> ran.add("rest"));
        runTurn();
        assertThat(ran).containsExactly("rest", "next");
    }

    @Test
    void aPausedQueueStopsItsSourceLikeAnyOther() {
        SerialQueue queue = byHand(2);
        offer(queue, queue::pause);
        runTurn();
        offer(queue, () -> {});
        offer(queue, () -> {});
        assertThat(flow).containsExactly(false);
        queue.resume(() -> {});
        runTurn();
        assertThat(flow).containsExactly(false, true);
    }

    @Test
    void pausesThatAnotherThreadEndsKeepTheOrder() {
        SerialQueue queue = new SerialQueue(threads, new SerialQueue.Bounds(1_000_000, Long.MAX_VALUE), open -> {});
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 20_000; i += 2) {
            int number = i;
            offer(queue, () -> {
                queue.pause();
                threads.execute(() -> queue.resume(() -> ran.add(number)));
            });
            offer(queue, () -> ran.add(number + 1));
        }
        awaitAll(queue);
        assertThat(ran).isEqualTo(IntStream.range(0, 20_000).boxed().toList());
    }
}
