// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Registration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task of the user that a loop hands to a handler thread when its time has come. Any thread. */
final class ScheduledTask implements Runnable, Registration {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledTask.class);

    private final Executor handlers;
    /** Null when it has begun or was taken away, so that the loop keeps nothing of it. */
    private final AtomicReference<@Nullable Runnable> task;

    ScheduledTask(Runnable task, Executor handlers) {
        this.handlers = handlers;
        this.task = new AtomicReference<>(task);
    }

    /** The time has come. Loop. */
    @Override
    public void run() {
        try {
            handlers.execute(this::begin);
        } catch (RejectedExecutionException e) {
            LOG.debug("a scheduled task is dropped: the server is closing", e);
        }
    }

    private void begin() {
        Runnable due = task.getAndSet(null);
        if (due == null) {
            return;
        }
        try {
            due.run();
        } catch (Throwable e) {
            LOG.warn("a scheduled task failed", e);
        }
    }

    @Override
    public boolean remove() {
        return task.getAndSet(null) != null;
    }
}
