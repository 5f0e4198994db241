// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.OutgoingHandler;
import io.sockeye.event.Args;
import io.sockeye.spi.BroadcastOptions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what is sent in one namespace to the outgoing handlers, its own and those of its sockets. Any thread. */
/* The thread that sends calls them, and finds the recipients of a broadcast by asking the sockets. The walks of the loops
 * could not: they run no user code, and queues of what they met would have no bound.
 */
final class OutgoingWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingWatch.class);

    private final NamespaceImpl namespace;
    private final HandlerTable handlers;

    /** The handlers of sockets. */
    private final AtomicInteger count = new AtomicInteger();

    /** How many handlers of its own each socket has. One without any is not there. */
    private final ConcurrentHashMap<SocketImpl, Integer> watched = new ConcurrentHashMap<>();

    /** Whether this thread is in a handler: what that sends is not shown. */
    private final ThreadLocal<Boolean> showing = ThreadLocal.withInitial(() -> false);

    OutgoingWatch(NamespaceImpl namespace, HandlerTable handlers) {
        this.namespace = namespace;
        this.handlers = handlers;
    }

    /** Counts a handler of a socket. */
    void added(SocketImpl socket) {
        watched.merge(socket, 1, Integer::sum);
        count.incrementAndGet();
    }

    /** Counts a handler of a socket no more. */
    void removed(SocketImpl socket) {
        count.decrementAndGet();
        watched.computeIfPresent(socket, (same, handlers) -> handlers == 1 ? null : handlers - 1);
    }

    /** Whether there is any handler. */
    boolean any() {
        return count.get() != 0 || !handlers.outgoing().isEmpty();
    }

    /** An event is about to be sent to one socket. */
    void show(SocketImpl socket, String event, @Nullable Object[] arguments) {
        if (!showing.get()) {
            call(socket, event, Arguments.all(arguments));
        }
    }

    /** An event is about to be broadcast. */
    void show(BroadcastOptions options, String event, Args args) {
        if (showing.get()) {
            return;
        }
        Iterable<SocketImpl> candidates = handlers.outgoing().isEmpty() ? watched.keySet() : namespace.all();
        for (SocketImpl socket : candidates) {
            if (socket.membership().isChosenBy(options)) {
                call(socket, event, args);
            }
        }
    }

    private void call(SocketImpl socket, String event, Args args) {
        showing.set(true);
        try {
            for (OutgoingHandler handler : handlers.outgoing()) {
                call(handler, socket, event, args);
            }
            SocketHandlers own = socket.handlers();
            if (own != null) {
                callOwn(own, socket, event, args);
            }
        } finally {
            showing.remove();
        }
    }

    private static void callOwn(SocketHandlers own, SocketImpl socket, String event, Args args) {
        for (Registered<OutgoingHandler> entry : own.outgoing.all()) {
            if (entry.claim()) {
                call(entry.handler(), socket, event, args);
            }
        }
    }

    private static void call(OutgoingHandler handler, SocketImpl socket, String event, Args args) {
        try {
            handler.handle(socket, event, args);
        } catch (Throwable e) {
            socket.dispatch().failures().warn(LOG, "outgoing handler failed for {}", socket, e);
        }
    }
}
