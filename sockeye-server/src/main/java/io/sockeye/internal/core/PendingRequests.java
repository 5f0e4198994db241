// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.RequestTimeout;
import io.sockeye.api.SocketDisconnected;
import io.sockeye.event.Args;
import io.sockeye.internal.timing.Timed;
import io.sockeye.internal.timing.TimerWheel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The events of one socket that wait for an acknowledgement. Loop only; futures are completed on handler threads. */
final class PendingRequests {
    private final TimerWheel wheel;
    private final Executor executor;
    private final Map<Long, Pending> pending = new HashMap<>();

    PendingRequests(TimerWheel wheel, Executor executor) {
        this.wheel = wheel;
        this.executor = executor;
    }

    /** Waits for an acknowledgement. */
    void add(long ackId, CompletableFuture<Args> future, long deadlineMillis) {
        Pending waiting = new Pending(ackId, future, deadlineMillis);
        pending.put(ackId, waiting);
        wheel.schedule(waiting, deadlineMillis);
    }

    /** Takes an acknowledgement; false if nothing waits for it. */
    boolean complete(long ackId, Args args) {
        Pending waiting = remove(ackId);
        if (waiting == null) {
            return false;
        }
        call(() -> waiting.future.complete(args));
        return true;
    }

    /** Fails a request: it cannot be answered. */
    void fail(long ackId, String message) {
        Pending waiting = remove(ackId);
        if (waiting != null) {
            call(() -> waiting.future.completeExceptionally(new SocketDisconnected(message)));
        }
    }

    /** Fails all that wait: the client is gone. */
    void failAll() {
        for (Long id : List.copyOf(pending.keySet())) {
            fail(id, "the client went away before it acknowledged");
        }
    }

    private @Nullable Pending remove(long ackId) {
        Pending waiting = pending.remove(ackId);
        if (waiting != null) {
            wheel.cancel(waiting);
        }
        return waiting;
    }

    /** Runs what follows an answer on a handler thread, or here when there are none any more. */
    private void call(Runnable completion) {
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }

    /** One request and its deadline. */
    final class Pending extends Timed {
        private final long ackId;
        private final CompletableFuture<Args> future;
        private final long deadlineMillis;

        private Pending(long ackId, CompletableFuture<Args> future, long deadlineMillis) {
            this.ackId = ackId;
            this.future = future;
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        protected void onDeadline() {
            pending.remove(ackId);
            call(() -> future.completeExceptionally(
                    new RequestTimeout("the client did not acknowledge within " + deadlineMillis + " ms")));
        }
    }
}
