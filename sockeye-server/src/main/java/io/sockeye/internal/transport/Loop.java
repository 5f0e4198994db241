// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

/**
 * One event loop: a thread that owns connections and all state that hangs off them. Tasks run one at a time, those of one
 * thread in the order it gave them. Any thread may call.
 */
public interface Loop {
    /** Its place among the loops of the server, from 0. */
    int index();

    /** Whether the calling thread is this loop's thread. */
    boolean inLoop();

    /** Runs a task on the loop, later, even if called from the loop itself. Tasks given after the loop ended are lost. */
    void execute(Runnable task);

    /** Runs a task on the loop: now if this is its thread, else later. */
    default void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Runs a task on the loop after a delay. */
    void schedule(Runnable task, long delayMillis);

    /** Runs a task when all that is already queued for the loop in this turn has run. Loop only. */
    void atEndOfTurn(Runnable task);

    /** What the loop counts; written on the loop only. */
    LoopCounters counters();

    /** Tasks that wait for the loop, as far as it knows. */
    default int pendingTasks() {
        return 0;
    }

    /**
     * Checks that the caller is the loop's thread.
     *
     * @throws IllegalStateException if it is not
     */
    default void assertInLoop() {
        if (!inLoop()) {
            throw new IllegalStateException(
                    "expected to run on event loop " + index() + ", ran on " + Thread.currentThread());
        }
    }
}
