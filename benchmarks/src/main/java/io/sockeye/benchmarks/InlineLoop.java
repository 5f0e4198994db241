// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks;

import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopCounters;

/** A loop that runs each task at once, on the thread that gives it. What is scheduled never runs. */
public final class InlineLoop implements Loop {
    private final LoopCounters counters = new LoopCounters();

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
        return true;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void schedule(Runnable task, long delayMillis) {
        // no deadline is reached in a benchmark
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        task.run();
    }
}
