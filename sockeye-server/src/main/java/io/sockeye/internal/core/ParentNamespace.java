// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.AnyHandler;
import io.sockeye.api.AsyncRequestHandler;
import io.sockeye.api.Broadcast;
import io.sockeye.api.ConnectHandler;
import io.sockeye.api.ConnectMiddleware;
import io.sockeye.api.DisconnectHandler;
import io.sockeye.api.EventHandler;
import io.sockeye.api.EventMiddleware;
import io.sockeye.api.Namespace;
import io.sockeye.api.RequestHandler;
import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the namespaces of one kind have in common: their handlers, and a way to reach the sockets of all of them. No client joins
 * it. Any thread; handlers are added before the start.
 */
final class ParentNamespace implements Namespace {
    /** Holds the handlers that children share; has no sockets. */
    private final NamespaceImpl handlers;

    private final Broadcast everyone = new ParentBroadcast(this, BroadcastRequest.ALL);

    /** Changed with the table's entry of the child. */
    private final ConcurrentHashMap<String, NamespaceImpl> children = new ConcurrentHashMap<>();

    ParentNamespace(String name, CoreSettings settings) {
        this.handlers = new NamespaceImpl(name, settings);
    }

    void freeze() {
        handlers.freeze();
    }

    @Override
    public String name() {
        return handlers.name();
    }

    // Children

    NamespaceImpl newChild(String name) {
        return handlers.sibling(name);
    }

    void add(NamespaceImpl child) {
        children.put(child.name(), child);
    }

    void remove(NamespaceImpl child) {
        children.remove(child.name());
    }

    /** A live view. */
    Collection<NamespaceImpl> children() {
        return children.values();
    }

    @Override
    public Collection<Socket> sockets() {
        List<Socket> sockets = new ArrayList<>();
        children().forEach(child -> sockets.addAll(child.sockets()));
        return List.copyOf(sockets);
    }

    @Override
    public Optional<Socket> socket(String id) {
        return children().stream()
                .map(child -> child.find(id))
                .filter(Objects::nonNull)
                .findAny()
                .map(socket -> socket);
    }

    @Override
    public int members(String room) {
        return children().stream().mapToInt(child -> child.members(room)).sum();
    }

    // Handlers

    @Override
    public Namespace use(ConnectMiddleware middleware) {
        handlers.use(middleware);
        return this;
    }

    @Override
    public Namespace useEvent(EventMiddleware middleware) {
        handlers.useEvent(middleware);
        return this;
    }

    @Override
    public Namespace onConnect(ConnectHandler handler) {
        handlers.onConnect(handler);
        return this;
    }

    @Override
    public Namespace onDisconnect(DisconnectHandler handler) {
        handlers.onDisconnect(handler);
        return this;
    }

    @Override
    public Namespace onAny(AnyHandler handler) {
        handlers.onAny(handler);
        return this;
    }

    @Override
    public <T> Namespace on(Event<T> event, EventHandler<T> handler) {
        handlers.on(event, handler);
        return this;
    }

    @Override
    public <T> Namespace on(String event, Class<T> payload, EventHandler<T> handler) {
        handlers.on(event, payload, handler);
        return this;
    }

    @Override
    public <T, R extends @Nullable Object> Namespace on(Request<T, R> request, RequestHandler<T, R> handler) {
        handlers.on(request, handler);
        return this;
    }

    @Override
    public <T, R extends @Nullable Object> Namespace on(
            String request, Class<T> payload, Class<R> reply, RequestHandler<T, R> handler) {
        handlers.on(request, payload, reply, handler);
        return this;
    }

    @Override
    public <T, R extends @Nullable Object> Namespace onAsync(Request<T, R> request, AsyncRequestHandler<T, R> handler) {
        handlers.onAsync(request, handler);
        return this;
    }

    @Override
    public <T> Namespace nonBlocking(Event<T> event, EventHandler<T> handler) {
        handlers.nonBlocking(event, handler);
        return this;
    }

    @Override
    public <T, R extends @Nullable Object> Namespace nonBlocking(Request<T, R> request, RequestHandler<T, R> handler) {
        handlers.nonBlocking(request, handler);
        return this;
    }

    // Broadcasting

    @Override
    public Broadcast to(String... names) {
        return everyone.to(names);
    }

    @Override
    public Broadcast in(String... names) {
        return everyone.to(names);
    }

    @Override
    public Broadcast except(String... names) {
        return everyone.except(names);
    }

    @Override
    public Broadcast local() {
        return everyone.local();
    }

    @Override
    public Broadcast droppable() {
        return everyone.droppable();
    }

    @Override
    public void emit(Event<Void> event) {
        everyone.emit(event);
    }

    @Override
    public <T> void emit(Event<T> event, T payload) {
        everyone.emit(event, payload);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        everyone.emit(event, arguments);
    }
}
