// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.AnyHandler;
import io.sockeye.api.AsyncRequestHandler;
import io.sockeye.api.DisconnectHandler;
import io.sockeye.api.ErrorHandler;
import io.sockeye.api.EventHandler;
import io.sockeye.api.EventMiddleware;
import io.sockeye.api.OutgoingHandler;
import io.sockeye.api.Registration;
import io.sockeye.api.RequestHandler;
import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a socket that registers handlers of its own. Any thread. */
interface ListeningSocket extends Socket {
    /** The socket's own handlers; null until the first is registered. */
    @Nullable
    SocketHandlers handlers();

    /** The same, to add to. */
    SocketHandlers writableHandlers();

    @Override
    default Registration use(EventMiddleware middleware) {
        return writableHandlers().middleware.append(middleware);
    }

    @Override
    default <T> Registration on(Event<T> event, EventHandler<T> handler) {
        return on(event.name(), event.payload(), handler);
    }

    @Override
    default <T> Registration on(String event, Class<T> payload, EventHandler<T> handler) {
        return writableHandlers().put(event, EventBinding.event(payload, handler, false), false);
    }

    @Override
    default <T, R extends @Nullable Object> Registration on(Request<T, R> request, RequestHandler<T, R> handler) {
        return writableHandlers().put(request.name(), EventBinding.request(request, handler, false), false);
    }

    @Override
    default <T, R extends @Nullable Object> Registration on(
            String request, Class<T> payload, Class<R> reply, RequestHandler<T, R> handler) {
        return on(Request.of(request, payload, reply), handler);
    }

    @Override
    default <T, R extends @Nullable Object> Registration onAsync(
            Request<T, R> request, AsyncRequestHandler<T, R> handler) {
        return writableHandlers().put(request.name(), EventBinding.asyncRequest(request, handler), false);
    }

    @Override
    default <T> Registration once(Event<T> event, EventHandler<T> handler) {
        return once(event.name(), event.payload(), handler);
    }

    @Override
    default <T> Registration once(String event, Class<T> payload, EventHandler<T> handler) {
        return writableHandlers().put(event, EventBinding.event(payload, handler, false), true);
    }

    @Override
    default <T, R extends @Nullable Object> Registration once(Request<T, R> request, RequestHandler<T, R> handler) {
        return writableHandlers().put(request.name(), EventBinding.request(request, handler, false), true);
    }

    @Override
    default void off(String event) {
        SocketHandlers own = handlers();
        if (own != null) {
            own.off(event);
        }
    }

    @Override
    default Registration onAny(AnyHandler handler) {
        return writableHandlers().any.append(handler);
    }

    @Override
    default Registration prependAny(AnyHandler handler) {
        return writableHandlers().any.prepend(handler);
    }

    @Override
    default void offAny() {
        SocketHandlers own = handlers();
        if (own != null) {
            own.any.clear();
        }
    }

    @Override
    default List<AnyHandler> listenersAny() {
        SocketHandlers own = handlers();
        return own == null ? List.of() : own.any.handlers();
    }

    @Override
    default Registration onAnyOutgoing(OutgoingHandler handler) {
        return writableHandlers().watchOutgoing(handler, false);
    }

    @Override
    default Registration prependAnyOutgoing(OutgoingHandler handler) {
        return writableHandlers().watchOutgoing(handler, true);
    }

    @Override
    default void offAnyOutgoing() {
        SocketHandlers own = handlers();
        if (own != null) {
            own.outgoing.clear();
        }
    }

    @Override
    default List<OutgoingHandler> listenersAnyOutgoing() {
        SocketHandlers own = handlers();
        return own == null ? List.of() : own.outgoing.handlers();
    }

    @Override
    default Registration onError(ErrorHandler handler) {
        return writableHandlers().errors.append(handler);
    }

    @Override
    default Registration onDisconnecting(DisconnectHandler handler) {
        return writableHandlers().disconnecting.append(handler);
    }

    @Override
    default Registration onDisconnect(DisconnectHandler handler) {
        return writableHandlers().disconnected.append(handler);
    }
}
