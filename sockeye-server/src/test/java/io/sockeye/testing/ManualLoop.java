// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopCounters;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** A loop whose tasks and whose clock move only when the test says so. One thread only. */
public final class ManualLoop implements Loop {
    private final LoopCounters counters = new LoopCounters();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(task -> task.nanos));
    private long nanos;
    private boolean inLoop = true;

    private record Later(long nanos, Runnable task) {}

    /** The loop's clock. */
    public long nanoTime() {
        return nanos;
    }

    /** Moves the clock, but wakes nobody. */
    public void letPass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Moves the clock millisecond by millisecond and runs what is due. */
    public void advance(long millis) {
        for (long i = 0; i < millis; i++) {
            letPass(1);
            runDue();
        }
    }

    /** Runs what was scheduled for now or before. */
    public void runDue() {
        for (Later next = later.peek(); next != null && next.nanos <= nanos; next = later.peek()) {
            later.remove();
            next.task.run();
        }
    }

    /** Runs what was scheduled next, though it is too early. */
    public void runNextTooEarly() {
        later.remove().task.run();
    }

    /** How many wakes are scheduled. */
    public int scheduled() {
        return later.size();
    }

    /** Runs the tasks that wait. */
    public void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Calls as another thread would. */
    public void outside(Runnable call) {
        inLoop = false;
        try {
            call.run();
        } finally {
            inLoop = true;
        }
    }

    @Override
    public LoopCounters counters() {
        return counters;
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public boolean inLoop() {
        return inLoop;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void schedule(Runnable task, long delayMillis) {
        later.add(new Later(nanos + TimeUnit.MILLISECONDS.toNanos(delayMillis), task));
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        tasks.add(task);
    }
}
