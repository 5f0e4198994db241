// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.execution;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mailbox: runs the tasks of one connection one at a time and in order, on threads of an executor. Any thread may offer.
 *
 * <p>It never refuses a task; its owner is told when it is full and stops the source, and again when there is room.
 */
public final class SerialQueue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    /** After so many tasks others get their turn on the thread. */
    private static final int TASKS_PER_TURN = 64;

    private final Executor executor;
    private final int capacity;
    private final Flow flow;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. Null while nothing waits. */
    private @Nullable ArrayDeque<Runnable> tasks;
    /** Guarded by lock. Whether a task of the executor stands for this queue. */
    private boolean running;
    /** Guarded by lock. Whether the owner was told to stop. */
    private boolean stopped;

    /** Is told to stop and to resume the source of tasks. Any thread, in no particular order. */
    @FunctionalInterface
    public interface Flow {
        /**
         * Takes note.
         *
         * @param open whether more tasks are welcome
         */
        void change(boolean open);
    }

    /**
     * Makes an empty queue.
     *
     * @param capacity how many tasks may wait before the source is told to stop; it resumes at half of it
     */
    public SerialQueue(Executor executor, int capacity, Flow flow) {
        this.executor = executor;
        this.capacity = capacity;
        this.flow = flow;
    }

    /** Whether no task runs or waits. */
    public boolean idle() {
        lock.lock();
        try {
            return !running;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a task. */
    public void offer(Runnable task) {
        boolean start;
        boolean stop;
        lock.lock();
        try {
            if (tasks == null) {
                tasks = new ArrayDeque<>(4);
            }
            tasks.add(task);
            start = !running;
            running = true;
            stop = !stopped && tasks.size() >= capacity;
            stopped |= stop;
        } finally {
            lock.unlock();
        }
        if (stop) {
            flow.change(false);
        }
        if (start) {
            start();
        }
    }

    private boolean start() {
        try {
            executor.execute(this);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is closing: no more turns are given", e);
            return false;
        }
    }

    /* An executor that is shutting down gives no new turn, so the last one goes on to the end. */
    @Override
    public void run() {
        int left = TASKS_PER_TURN;
        for (Runnable task = next(); task != null; task = next()) {
            runSafely(task);
            left--;
            if (left == 0 && start()) {
                return;
            }
        }
    }

    private @Nullable Runnable next() {
        Runnable task;
        boolean resume;
        lock.lock();
        try {
            task = tasks == null ? null : tasks.poll();
            running = task != null;
            resume = stopped && (tasks == null || tasks.size() <= capacity / 2);
            stopped &= !resume;
            if (task == null) {
                tasks = null;
            }
        } finally {
            lock.unlock();
        }
        if (resume) {
            flow.change(true);
        }
        return task;
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task of a mailbox failed; the next one goes on", e);
        }
    }
}
