// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.LimitHit;
import io.sockeye.api.RequestTimeout;
import io.sockeye.api.SendResult;
import io.sockeye.api.SocketDisconnected;
import io.sockeye.event.Args;
import io.sockeye.internal.timing.Timed;
import io.sockeye.protocol.EncodedPacket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The events of one socket that wait for an acknowledgement. Loop only; futures are completed on handler threads. */
final class PendingRequests {
    private static final String GONE = "the client is gone";
    private static final String NOT_SENT = "the request was not sent, since the client is gone or behind";
    private static final String TOO_MANY =
            "the request was not sent, since maxPendingRequests others wait for the client's acknowledgement";

    private final SocketImpl socket;
    private final Executor completions;
    private final Map<Long, Waiting> pending = new HashMap<>();

    PendingRequests(SocketImpl socket, Executor completions) {
        this.socket = socket;
        this.completions = completions;
    }

    /** Something that waits for an acknowledgement. Called at most once, on the loop. */
    interface Waiting {
        void answered(Args args);

        /** It cannot be answered any more. */
        void failed(String message);
    }

    /** Sends a request to this socket alone, and waits for its acknowledgement until the deadline. */
    void send(long ackId, EncodedPacket packet, CompletableFuture<Args> answer, long deadlineMillis) {
        if (isFull()) {
            completions.execute(() -> answer.completeExceptionally(new SocketDisconnected(TOO_MANY)));
            return;
        }
        Single waiting = new Single(ackId, answer, deadlineMillis);
        pending.put(ackId, waiting);
        socket.wheel().schedule(waiting, deadlineMillis);
        if (!socket.connected()) {
            fail(ackId, GONE);
        } else if (socket.link().send(packet, false) != SendResult.QUEUED) {
            fail(ackId, NOT_SENT);
        }
    }

    /** Delivers an event that others get too, and waits for its acknowledgement for as long as it is not taken back. */
    void ask(long ackId, Outgoing outgoing, boolean droppable, Waiting waiting) {
        if (isFull()) {
            waiting.failed(TOO_MANY);
            return;
        }
        pending.put(ackId, waiting);
        if (!socket.connected() || socket.deliver(outgoing, droppable) != SendResult.QUEUED) {
            fail(ackId, NOT_SENT);
        }
    }

    /** Whether no more requests may wait for the client; if so, that has been counted. */
    private boolean isFull() {
        boolean full = pending.size() >= socket.bounds().pendingRequests();
        if (full) {
            socket.count(LimitHit.PENDING_REQUESTS);
        }
        return full;
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
            socket.wheel().cancel(this);
            completions.execute(() -> future.complete(args));
        }

        @Override
        public void failed(String message) {
            socket.wheel().cancel(this);
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
