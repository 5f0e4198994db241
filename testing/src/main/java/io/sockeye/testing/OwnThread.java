// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs what may block on a thread of its own. The common pool, where {@link CompletableFuture} runs tasks otherwise, has a single worker
 * on two cores: one task that blocks there keeps all others of the process from running.
 */
public final class OwnThread {
    private static final Executor EACH = task -> {
        Thread thread = new Thread(task, "test-task");
        thread.setDaemon(true);
        thread.start();
    };

    private OwnThread() {}

    /** Starts a task. */
    public static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, EACH);
    }

    /** Starts a task that has a result. */
    public static <T> CompletableFuture<T> supply(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, EACH);
    }
}
