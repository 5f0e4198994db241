// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what follows an answer on handler threads, or on the calling thread when there are none any more. Any thread. */
record HandlerCompletions(Executor handlers) implements Executor {
    @Override
    public void execute(Runnable completion) {
        try {
            handlers.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }
}
