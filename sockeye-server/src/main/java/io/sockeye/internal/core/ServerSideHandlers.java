// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.ServerEventHandler;
import io.sockeye.api.ServerRequestHandler;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.spi.Message;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers of one namespace for what other servers send to this one. Any thread. */
final class ServerSideHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSideHandlers.class);
    private static final Set<String> RESERVED = Set.of("connect", "connection", "new_namespace");

    private final ConcurrentHashMap<String, List<Call>> handlers = new ConcurrentHashMap<>(4);

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
            answer.accept(Args.of(Arguments.of(request.reply(), reply)));
        });
    }

    private void add(String event, Call call) {
        handlers.computeIfAbsent(requireUsable(event), name -> new CopyOnWriteArrayList<>())
                .add(call);
    }

    void handle(Message message, Consumer<Args> answer) {
        for (Call call : handlers.getOrDefault(message.event(), List.of())) {
            try {
                call.handle(message.args(), answer);
            } catch (Throwable e) {
                LOG.warn("a handler of the server-side event \"{}\" failed", message.event(), e);
            }
        }
    }
}
