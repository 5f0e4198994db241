// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.execution;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mailbox: runs the tasks of one connection one at a time and in order, on threads of an executor. Any thread may offer.
 *
 * <p>It never refuses a task; its owner is told when it is full and stops the source, and again when there is room.
 * A task may pause the queue, to be continued when what it needs has come, without a thread that waits.
 */
public final class SerialQueue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    /** After so many tasks others get their turn on the thread. */
    private static final int TASKS_PER_TURN = 64;

    private static final int REPORTED_STEP = 4_096;

    private final Executor executor;
    private final Bounds bounds;
    private final Flow flow;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. Null while nothing waits. */
    private @Nullable ArrayDeque<Task> tasks;
    /** Guarded by lock. Of the tasks that wait. */
    private long bytes;
    /** Guarded by lock. The bytes of the last report. */
    private long reported;
    /** Guarded by lock. Whether a task of the executor stands for this queue. */
    private boolean running;
    /** Guarded by lock. Whether the owner was told to stop. */
    private boolean stopped;
    /** Guarded by lock. Whether nothing is taken until there is a {@link #rest}. */
    private boolean paused;
    /** Guarded by lock. Whether the pause has given the thread back; the queue counts as running all the same. */
    private boolean parked;
    /** Guarded by lock. What ends the pause. */
    private @Nullable Runnable rest;

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
     * How much may wait before the source is told to stop. It resumes at half of both.
     *
     * @param tasks number of tasks
     * @param bytes what the tasks hold in memory
     * @param report is told how the bytes change, in steps of some kilobytes
     */
    public record Bounds(int tasks, long bytes, LongConsumer report) {
        /** Bounds of which nobody is told. */
        public Bounds(int tasks, long bytes) {
            this(tasks, bytes, change -> {});
        }
    }

    /** A task and what it holds in memory. */
    private record Task(Runnable call, int bytes) {}

    public SerialQueue(Executor executor, Bounds bounds, Flow flow) {
        this.executor = executor;
        this.bounds = bounds;
        this.flow = flow;
    }

    /**
     * Adds a task.
     *
     * @param size bytes that it holds in memory
     */
    public void offer(Runnable task, int size) {
        boolean start;
        boolean stop;
        long change;
        lock.lock();
        try {
            if (tasks == null) {
                tasks = new ArrayDeque<>(4);
            }
            tasks.add(new Task(task, size));
            bytes += size;
            start = !running;
            running = true;
            stop = !stopped && (tasks.size() >= bounds.tasks() || bytes >= bounds.bytes());
            stopped |= stop;
            change = unreported();
        } finally {
            lock.unlock();
        }
        report(change);
        if (stop) {
            flow.change(false);
        }
        if (start) {
            start();
        }
    }

    /** Has nothing more run behind the task that runs, which calls this on its thread, until {@link #resume}. */
    public void pause() {
        lock.lock();
        try {
            paused = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a pause: runs a task ahead of all that waits. Once for each pause, any thread, as early as in the task that paused. */
    public void resume(Runnable task) {
        boolean start;
        lock.lock();
        try {
            rest = task;
            start = parked;
            parked = false;
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }

    /** Whether nothing waits or runs, so that the queue may be replaced by a new one if nobody else offers. */
    public boolean idle() {
        lock.lock();
        try {
            return tasks == null && !running && !stopped;
        } finally {
            lock.unlock();
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
        for (Task task = next(); task != null; task = next()) {
            runSafely(task.call());
            left--;
            if (left == 0 && start()) {
                return;
            }
        }
    }

    private @Nullable Task next() {
        Task task;
        boolean resume;
        long change;
        lock.lock();
        try {
            if (paused) {
                return afterPause();
            }
            task = tasks == null ? null : tasks.poll();
            running = task != null;
            bytes -= task == null ? 0 : task.bytes();
            resume = stopped && hasRoom();
            stopped &= !resume;
            if (task == null) {
                tasks = null;
            }
            change = unreported();
        } finally {
            lock.unlock();
        }
        report(change);
        if (resume) {
            flow.change(true);
        }
        return task;
    }

    /** Under the lock. */
    private @Nullable Task afterPause() {
        Runnable first = rest;
        parked = first == null;
        paused = parked;
        rest = null;
        return first == null ? null : new Task(first, 0);
    }

    /** What is to be reported. Under the lock. */
    private long unreported() {
        long change = bytes - reported;
        if (Math.abs(change) < REPORTED_STEP && bytes != 0) {
            return 0;
        }
        reported = bytes;
        return change;
    }

    private void report(long change) {
        if (change != 0) {
            bounds.report().accept(change);
        }
    }

    private boolean hasRoom() {
        return tasks == null || (tasks.size() <= bounds.tasks() / 2 && bytes <= bounds.bytes() / 2);
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task of a mailbox failed; the next one goes on", e);
        }
    }
}
