// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.event.Args;
import io.sockeye.spi.EventObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a handler in view of an observer. Any thread. */
record ObservedEvents(EventObserver observer, EventBinding.Call call) implements EventBinding.AsyncCall {
    private static final Logger LOG = LoggerFactory.getLogger(ObservedEvents.class);
    /** Of handlers that answer before they return. */
    private static final CompletionStage<?> DONE = new CompletableFuture<Object>();

    @Override
    public void handle(SocketImpl socket, Args args, Reply reply) throws Exception {
        CompletionStage<?> ignored = start(socket, args, reply);
    }

    @Override
    public CompletionStage<?> start(SocketImpl socket, Args args, Reply reply) throws Exception {
        Object begun = began(socket);
        long start = System.nanoTime();
        CompletionStage<?> stage;
        try {
            stage = handled(socket, args, reply);
        } catch (Throwable e) {
            returned(socket, begun);
            ended(socket, begun, start, e);
            throw e;
        }
        returned(socket, begun);
        if (stage != DONE) {
            return stage.whenComplete((result, failure) -> ended(socket, begun, start, failure));
        }
        ended(socket, begun, start, null);
        return DONE;
    }

    private CompletionStage<?> handled(SocketImpl socket, Args args, Reply reply) throws Exception {
        if (call instanceof EventBinding.AsyncCall async) {
            return async.start(socket, args, reply);
        }
        call.handle(socket, args, reply);
        return DONE;
    }

    private @Nullable Object began(SocketImpl socket) {
        try {
            return observer.began(socket);
        } catch (RuntimeException | Error e) {
            observerFailed(socket, e);
            return null;
        }
    }

    private void returned(SocketImpl socket, @Nullable Object begun) {
        try {
            observer.returned(begun);
        } catch (RuntimeException | Error e) {
            observerFailed(socket, e);
        }
    }

    private void ended(SocketImpl socket, @Nullable Object begun, long start, @Nullable Throwable failure) {
        long nanos = System.nanoTime() - start;
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        try {
            observer.ended(begun, nanos, cause);
        } catch (RuntimeException | Error e) {
            observerFailed(socket, e);
        }
    }

    private static void observerFailed(SocketImpl socket, Throwable failure) {
        socket.dispatch().failures().warn(LOG, "an observer of events failed for {}", socket, failure);
    }
}
