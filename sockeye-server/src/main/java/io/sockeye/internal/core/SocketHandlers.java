// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.AnyHandler;
import io.sockeye.api.DisconnectHandler;
import io.sockeye.api.ErrorHandler;
import io.sockeye.api.EventMiddleware;
import io.sockeye.api.OutgoingHandler;
import io.sockeye.api.Registration;
import io.sockeye.event.EventNames;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The handlers of one socket, beside those of its namespace. Any thread. Made when the first one is registered. */
final class SocketHandlers {
    private final SocketImpl socket;
    private final OutgoingWatch watch;

    final HandlerList<EventMiddleware> middleware = new HandlerList<>();
    final HandlerList<AnyHandler> any = new HandlerList<>();
    final HandlerList<ErrorHandler> errors = new HandlerList<>();
    final HandlerList<DisconnectHandler> disconnecting = new HandlerList<>();
    final HandlerList<DisconnectHandler> disconnected = new HandlerList<>();
    final HandlerList<OutgoingHandler> outgoing;

    /** By event name. The lists are replaced, never changed; a name without handlers is not there. */
    private final ConcurrentHashMap<String, List<Registered<EventBinding>>> events = new ConcurrentHashMap<>();

    SocketHandlers(SocketImpl socket, OutgoingWatch watch) {
        this.socket = socket;
        this.watch = watch;
        this.outgoing = new HandlerList<>(() -> watch.removed(socket));
    }

    Registration put(String event, EventBinding binding, boolean once) {
        EventNames.requireUsable(event);
        Registered<EventBinding> added = new Registered<>(binding, once, removed -> drop(event, removed));
        events.merge(event, List.of(added), Registered::joined);
        return added;
    }

    private void drop(String event, Registered<EventBinding> removed) {
        events.computeIfPresent(event, (name, before) -> {
            List<Registered<EventBinding>> left = Registered.without(before, removed);
            return left.isEmpty() ? null : left;
        });
    }

    List<Registered<EventBinding>> event(String name) {
        return events.getOrDefault(name, List.of());
    }

    /** How many events have handlers. */
    int names() {
        return events.size();
    }

    void off(String event) {
        event(event).forEach(Registered::remove);
    }

    Registration watchOutgoing(OutgoingHandler handler, boolean first) {
        Objects.requireNonNull(handler, "handler");
        watch.added(socket);
        Registration added = first ? outgoing.prepend(handler) : outgoing.append(handler);
        if (!socket.connected()) {
            added.remove();
        }
        return added;
    }

    /** The socket is gone and everybody has been told: lets go of what the handlers hold. */
    void clear() {
        middleware.clear();
        any.clear();
        errors.clear();
        disconnecting.clear();
        disconnected.clear();
        outgoing.clear();
        events.keySet().forEach(this::off);
    }
}
