// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopCounters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A loop that is one thread of an executor. */
final class ThreadLoop implements Loop, AutoCloseable {
    private final LoopCounters counters = new LoopCounters();
    private final int index;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Thread thread;

    ThreadLoop(int index) {
        this.index = index;
        this.thread =
                CompletableFuture.supplyAsync(Thread::currentThread, executor).join();
    }

    /** Waits until all that was given to the loop so far has run. */
    void settle() {
        CompletableFuture.runAsync(() -> {}, executor).join();
    }

    @Override
    public LoopCounters counters() {
        return counters;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public void schedule(Runnable task, long delayMillis) {
        ScheduledFuture<?> ignored = executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        executor.execute(task);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
