// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.AsyncRequestHandler;
import io.sockeye.api.EventHandler;
import io.sockeye.api.RequestHandler;
import io.sockeye.event.Args;
import io.sockeye.event.Request;
import io.sockeye.spi.EventObserver;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The handler of one event name.
 *
 * @param nonBlocking whether it may run on the event loop
 * @param answers whether what it returns is an answer
 * @param call binds the arguments, calls the user's code and answers
 */
record EventBinding(boolean nonBlocking, boolean answers, Call call) {

    /** What it throws is answered by the caller. */
    @FunctionalInterface
    interface Call {
        void handle(SocketImpl socket, Args args, Reply reply) throws Exception;
    }

    /** A handler whose answer may come later. */
    interface AsyncCall extends Call {
        /** Starts it; the stage completes behind the answer. */
        CompletionStage<?> start(SocketImpl socket, Args args, Reply reply) throws Exception;
    }

    /** How an asynchronous handler is started. */
    @FunctionalInterface
    private interface Start {
        CompletionStage<?> start(SocketImpl socket, Args args, Reply reply) throws Exception;
    }

    /** An asynchronous handler. */
    private record StartedCall(Start handler) implements AsyncCall {
        @Override
        public CompletionStage<?> start(SocketImpl socket, Args args, Reply reply) throws Exception {
            return handler.start(socket, args, reply);
        }

        @Override
        public void handle(SocketImpl socket, Args args, Reply reply) throws Exception {
            CompletionStage<?> ignored = start(socket, args, reply);
        }
    }

    /** The same handler, in view of an observer. */
    EventBinding observed(EventObserver observer) {
        return new EventBinding(nonBlocking, answers, new ObservedEvents(observer, call));
    }

    static <T> EventBinding event(Class<T> payload, EventHandler<T> handler, boolean nonBlocking) {
        return new EventBinding(nonBlocking, false, (socket, args, reply) -> {
            handler.handle(socket, Payloads.bind(socket, reply.event(), args, payload));
            reply.succeed();
        });
    }

    static <T, R extends @Nullable Object> EventBinding request(
            Request<T, R> request, RequestHandler<T, R> handler, boolean nonBlocking) {
        return new EventBinding(nonBlocking, true, (socket, args, reply) -> {
            R result = handler.handle(socket, Payloads.bind(socket, reply.event(), args, request.payload()));
            reply.succeed(Arguments.of(request.reply(), result));
        });
    }

    static <T, R extends @Nullable Object> EventBinding asyncRequest(
            Request<T, R> request, AsyncRequestHandler<T, R> handler) {
        Start start = (socket, args, reply) -> {
            CompletionStage<R> answer = Objects.requireNonNull(
                    handler.handle(socket, Payloads.bind(socket, reply.event(), args, request.payload())),
                    "an asynchronous handler returned null in place of a stage");
            AnswerDeadline deadline = AnswerDeadline.start(socket, reply);
            return answer.whenComplete((result, failure) -> {
                if (failure == null) {
                    reply.succeed(Arguments.of(request.reply(), result));
                } else {
                    socket.dispatch().answerFailure(socket, failure, reply);
                }
                // Behind the answer: a socket that owes none may be closed.
                deadline.stop();
            });
        };
        return new EventBinding(false, true, new StartedCall(start));
    }
}
