// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.event.Args;
import io.sockeye.internal.timing.Timed;
import io.sockeye.spi.AckObserver;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.BroadcastOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event that many sockets are asked to acknowledge. Any thread; each loop asks its own sockets and waits for them. */
/* A loop that is told may have asked, or even be done, before the calling thread has told the next one. So the counts of loops may
 * be below zero until all are told, and nothing is over before that. A socket leaves the set of those that wait exactly once: when it
 * answers, when it ends, or at the deadline, whichever its loop sees first.
 */
final class RoomRequest {
    private static final Logger LOG = LoggerFactory.getLogger(RoomRequest.class);

    private final NamespaceImpl namespace;
    private final Outgoing outgoing;
    private final long ackId;
    private final long deadlineMillis;
    private final AckObserver observer;
    private final CompletableFuture<AckReplies> result = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. */
    private final List<Args> replies = new ArrayList<>();
    /** Guarded by lock. */
    private final Set<String> missing = new HashSet<>();
    /** Guarded by lock. */
    private int asked;
    /** Guarded by lock. Loops that have yet to ask. */
    private int loopsToAsk;
    /** Guarded by lock. Loops whose sockets have not all answered. */
    private int loopsOpen;
    /** Guarded by lock. Whether all loops were told. */
    private boolean told;

    RoomRequest(NamespaceImpl namespace, Outgoing outgoing, long ackId, long deadlineMillis, AckObserver observer) {
        this.namespace = namespace;
        this.outgoing = outgoing;
        this.ackId = ackId;
        this.deadlineMillis = deadlineMillis;
        this.observer = observer;
    }

    /** Asks the sockets. Any thread. */
    CompletableFuture<AckReplies> start(BroadcastOptions options) {
        int loops = namespace
                .rooms()
                .onLoops(options, namespace, outgoing.bytes(), rooms -> new Part().ask(rooms, options));
        update(() -> {
            told = true;
            loopsToAsk += loops;
            loopsOpen += loops;
        });
        return result;
    }

    /** Changes the state and completes the request if that was the last that it waited for. */
    private void update(Runnable change) {
        boolean allAsked;
        boolean complete;
        int sockets;
        lock.lock();
        try {
            boolean before = told && loopsToAsk == 0;
            change.run();
            allAsked = !before && told && loopsToAsk == 0;
            complete = told && loopsToAsk == 0 && loopsOpen == 0;
            sockets = asked;
        } finally {
            lock.unlock();
        }
        if (allAsked) {
            observe(() -> observer.onAsked(sockets));
        }
        if (complete) {
            result.complete(new AckReplies(replies, missing, sockets));
        }
    }

    /** An observer that fails must not cost the caller the other replies. */
    private static void observe(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("an observer of acknowledgements failed", e);
        }
    }

    /** The sockets of one loop. Loop only. */
    private final class Part extends Timed {
        private final Set<SocketImpl> waiting = new HashSet<>();
        private boolean asking = true;
        private boolean over;

        void ask(LoopRooms rooms, BroadcastOptions options) {
            List<SocketImpl> chosen = rooms.chosen(options, namespace);
            waiting.addAll(chosen);
            for (SocketImpl socket : chosen) {
                socket.ask(ackId, outgoing, options.droppable(), new Member(this, socket));
            }
            asking = false;
            update(() -> {
                asked += chosen.size();
                loopsToAsk--;
            });
            if (waiting.isEmpty()) {
                end();
            } else {
                chosen.get(0).wheel().schedule(this, deadlineMillis);
            }
        }

        void answered(SocketImpl socket) {
            waiting.remove(socket);
            if (waiting.isEmpty() && !asking) {
                socket.wheel().cancel(this);
                end();
            }
        }

        @Override
        protected void onDeadline() {
            List<SocketImpl> silent = List.copyOf(waiting);
            waiting.clear();
            silent.forEach(socket -> socket.stopWaiting(ackId));
            update(() -> silent.forEach(socket -> missing.add(socket.id())));
            end();
        }

        private void end() {
            if (!over) {
                over = true;
                update(() -> loopsOpen--);
            }
        }
    }

    /** One socket that was asked. */
    private final class Member implements PendingRequests.Waiting {
        private final Part part;
        private final SocketImpl socket;

        Member(Part part, SocketImpl socket) {
            this.part = part;
            this.socket = socket;
        }

        @Override
        public void answered(Args args) {
            observe(() -> observer.onReply(args));
            update(() -> replies.add(args));
            part.answered(socket);
        }

        @Override
        public void failed(String message) {
            update(() -> missing.add(socket.id()));
            part.answered(socket);
        }
    }
}
