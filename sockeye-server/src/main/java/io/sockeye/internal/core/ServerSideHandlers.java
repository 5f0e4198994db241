// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.ServerEventHandler;
import io.sockeye.api.ServerRequestHandler;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.spi.Message;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers of one namespace for what other servers send to this one. Any thread; handlers run one at a time, in order. */
/* A bus cannot be told to wait, so what comes faster than handlers take it is dropped at a bound.
 */
final class ServerSideHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSideHandlers.class);
    private static final Set<String> RESERVED = Set.of("connect", "connection", "new_namespace");

    private static final int MOST_WAITING = 10_000;

    private final ConcurrentHashMap<String, List<Call>> handlers = new ConcurrentHashMap<>(4);
    private final SerialQueue line;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Whether it was logged that events are dropped. */
    private volatile boolean dropping;

    ServerSideHandlers(Executor executor) {
        line = new SerialQueue(executor, new SerialQueue.Bounds(Integer.MAX_VALUE, Long.MAX_VALUE), open -> {});
    }

    /** What it throws is logged. */
    @FunctionalInterface
    private interface Call {
        void handle(Args args, Consumer<Args> answer) throws Exception;
    }

    /**
     * Returns the name, if servers may send it to each other.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    static String requireUsable(String event) {
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException(
                    "the event name \"" + event + "\" is reserved between servers; choose another name");
        }
        return event;
    }

    <T> void add(Event<T> event, ServerEventHandler<T> handler) {
        add(event.name(), (args, answer) -> handler.handle(Arguments.bind(args, event.payload())));
    }

    <T, R extends @Nullable Object> void add(Request<T, R> request, ServerRequestHandler<T, R> handler) {
        add(request.name(), (args, answer) -> {
            R reply = handler.handle(Arguments.bind(args, request.payload()));
            answer.accept(Arguments.message(request.reply(), reply));
        });
    }

    private void add(String event, Call call) {
        handlers.computeIfAbsent(requireUsable(event), name -> new CopyOnWriteArrayList<>())
                .add(call);
    }

    /** Puts an event in line for its handlers. */
    void take(Message message, Consumer<Args> answer) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            if (!dropping) {
                dropping = true;
                LOG.warn("events of other servers are dropped: {} wait for their handlers", MOST_WAITING);
            }
            return;
        }
        AtomicBoolean answered = new AtomicBoolean();
        line.offer(
                () -> {
                    waiting.decrementAndGet();
                    dropping = false;
                    handle(message, args -> {
                        if (answered.compareAndSet(false, true)) {
                            answer.accept(args);
                        }
                    });
                },
                0);
    }

    private void handle(Message message, Consumer<Args> answer) {
        for (Call call : handlers.getOrDefault(message.event(), List.of())) {
            try {
                call.handle(message.args(), answer);
            } catch (Throwable e) {
                LOG.warn("a handler of the server-side event \"{}\" failed", message.event(), e);
            }
        }
    }
}
