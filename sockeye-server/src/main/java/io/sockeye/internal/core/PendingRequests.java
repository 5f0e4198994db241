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

/** The events of one socket that wait for an acknowledgement. Loop only; futures are completed on handler threads. */
final class PendingRequests {
    private final TimerWheel wheel;
    private final Executor completions;
    private final Map<Long, Waiting> pending = new HashMap<>();

    PendingRequests(TimerWheel wheel, Executor completions) {
        this.wheel = wheel;
        this.completions = completions;
    }

    /** Something that waits for an acknowledgement. Called at most once, on the loop. */
    interface Waiting {
        void answered(Args args);

        /** It cannot be answered any more. */
        void failed(String message);
    }

    /** Waits for an acknowledgement. */
    void add(long ackId, CompletableFuture<Args> future, long deadlineMillis) {
        Single waiting = new Single(ackId, future, deadlineMillis);
        pending.put(ackId, waiting);
        wheel.schedule(waiting, deadlineMillis);
    }

    /** Waits for an acknowledgement, for as long as it is not taken back. */
    void add(long ackId, Waiting waiting) {
        pending.put(ackId, waiting);
    }

    /** Takes an acknowledgement; false if nothing waits for it. */
    boolean complete(long ackId, Args args) {
        Waiting waiting = pending.remove(ackId);
        if (waiting == null) {
            return false;
        }
        waiting.answered(args);
        return true;
    }

    /** Fails a request: it cannot be answered. */
    void fail(long ackId, String message) {
        Waiting waiting = pending.remove(ackId);
        if (waiting != null) {
            waiting.failed(message);
        }
    }

    /** Nobody waits for this acknowledgement any more. */
    void remove(long ackId) {
        pending.remove(ackId);
    }

    int size() {
        return pending.size();
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Fails all that wait: the client is gone. */
    void failAll() {
        for (Long id : List.copyOf(pending.keySet())) {
            fail(id, "the client went away before it acknowledged");
        }
    }

    /** A request to this socket alone, and its deadline. */
    private final class Single extends Timed implements Waiting {
        private final long ackId;
        private final CompletableFuture<Args> future;
        private final long deadlineMillis;

        Single(long ackId, CompletableFuture<Args> future, long deadlineMillis) {
            this.ackId = ackId;
            this.future = future;
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        public void answered(Args args) {
            wheel.cancel(this);
            completions.execute(() -> future.complete(args));
        }

        @Override
        public void failed(String message) {
            wheel.cancel(this);
            completions.execute(() -> future.completeExceptionally(new SocketDisconnected(message)));
        }

        @Override
        protected void onDeadline() {
            pending.remove(ackId);
            completions.execute(() -> future.completeExceptionally(
                    new RequestTimeout("the client did not acknowledge within " + deadlineMillis + " ms")));
        }
    }
}
