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
import io.sockeye.api.InvalidPayloadHandler;
import io.sockeye.api.Namespace;
import io.sockeye.api.OutgoingHandler;
import io.sockeye.api.PayloadValidator;
import io.sockeye.api.Policy;
import io.sockeye.api.RateLimit;
import io.sockeye.api.RateLimitScope;
import io.sockeye.api.RemoteSocket;
import io.sockeye.api.Replies;
import io.sockeye.api.RequestHandler;
import io.sockeye.api.RoomListener;
import io.sockeye.api.ServerEventHandler;
import io.sockeye.api.ServerRequestHandler;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.Message;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A namespace of which everything that is declared, sent and asked is kept in, and done by, one place each. */
interface DeclaredNamespace extends Namespace {
    NamespaceHandlers handlers();

    Adapter adapter();

    /** Runs what follows an answer. */
    Executor completions();

    /** All its sockets. */
    BroadcastImpl everyone();

    // Handlers

    @Override
    default Namespace use(ConnectMiddleware middleware) {
        handlers().table().addConnectMiddleware(middleware);
        middleware.addedTo(this);
        return this;
    }

    @Override
    default Namespace useEvent(EventMiddleware middleware) {
        handlers().table().addEventMiddleware(middleware);
        return this;
    }

    @Override
    default Namespace policy(Policy policy) {
        handlers().dispatch().gate().set(policy);
        return this;
    }

    @Override
    default Namespace validator(PayloadValidator validator) {
        handlers().table().setValidator(validator);
        return this;
    }

    @Override
    default Namespace onInvalid(InvalidPayloadHandler handler) {
        handlers().table().addInvalidPayloadHandler(handler);
        return this;
    }

    @Override
    default Namespace onConnect(ConnectHandler handler) {
        handlers().table().addConnectHandler(handler);
        return this;
    }

    @Override
    default Namespace onDisconnecting(DisconnectHandler handler) {
        handlers().table().addDisconnectingHandler(handler);
        return this;
    }

    @Override
    default Namespace onDisconnect(DisconnectHandler handler) {
        handlers().table().addDisconnectHandler(handler);
        return this;
    }

    @Override
    default Namespace onAny(AnyHandler handler) {
        handlers().table().addAnyHandler(handler);
        return this;
    }

    @Override
    default Namespace prependAny(AnyHandler handler) {
        handlers().table().prependAnyHandler(handler);
        return this;
    }

    @Override
    default Namespace onAnyOutgoing(OutgoingHandler handler) {
        handlers().table().addOutgoing(handler);
        return this;
    }

    @Override
    default Namespace prependAnyOutgoing(OutgoingHandler handler) {
        handlers().table().prependOutgoing(handler);
        return this;
    }

    @Override
    default <T> Namespace on(Event<T> event, EventHandler<T> handler) {
        return put(event.name(), EventBinding.event(event.payload(), handler, false));
    }

    @Override
    default <T> Namespace on(String event, Class<T> payload, EventHandler<T> handler) {
        return put(event, EventBinding.event(payload, handler, false));
    }

    @Override
    default <T, R extends @Nullable Object> Namespace on(Request<T, R> request, RequestHandler<T, R> handler) {
        return put(request.name(), EventBinding.request(request, handler, false));
    }

    @Override
    default <T, R extends @Nullable Object> Namespace on(
            String request, Class<T> payload, Class<R> reply, RequestHandler<T, R> handler) {
        return on(Request.of(request, payload, reply), handler);
    }

    @Override
    default <T, R extends @Nullable Object> Namespace onAsync(
            Request<T, R> request, AsyncRequestHandler<T, R> handler) {
        return put(request.name(), EventBinding.asyncRequest(request, handler));
    }

    @Override
    default <T> Namespace nonBlocking(Event<T> event, EventHandler<T> handler) {
        return put(event.name(), EventBinding.event(event.payload(), handler, true));
    }

    @Override
    default <T, R extends @Nullable Object> Namespace nonBlocking(Request<T, R> request, RequestHandler<T, R> handler) {
        return put(request.name(), EventBinding.request(request, handler, true));
    }

    private Namespace put(String event, EventBinding binding) {
        handlers().table().put(event, binding);
        return this;
    }

    // Limits

    @Override
    default Namespace rateLimit(String event, RateLimitScope scope, RateLimit limit) {
        handlers().limits().add(event, scope, limit);
        return this;
    }

    @Override
    default Namespace slowConsumerPolicy(SlowConsumerPolicy policy) {
        handlers().waits().of(policy);
        return this;
    }

    @Override
    default Namespace slowConsumerPolicy(String room, SlowConsumerPolicy policy) {
        handlers().waits().of(room, policy);
        return this;
    }

    // Other servers

    @Override
    default Namespace onRooms(RoomListener listener) {
        handlers().roomEvents().add(listener);
        return this;
    }

    @Override
    default <T> Namespace onServerSide(Event<T> event, ServerEventHandler<T> handler) {
        handlers().serverSide().add(event, handler);
        return this;
    }

    @Override
    default <T, R extends @Nullable Object> Namespace onServerSide(
            Request<T, R> request, ServerRequestHandler<T, R> handler) {
        handlers().serverSide().add(request, handler);
        return this;
    }

    @Override
    default <T> void serverSideEmit(Event<T> event, T payload) {
        ServerSideHandlers.requireUsable(event.name());
        adapter().serverSideEmit(new Message(event.name(), Arguments.message(event.payload(), payload)));
    }

    @Override
    default <T, R> CompletableFuture<Replies<R>> serverSideRequest(
            Request<T, R> request, T payload, Duration deadline) {
        ServerSideHandlers.requireUsable(request.name());
        Message message = new Message(request.name(), Arguments.message(request.payload(), payload));
        return adapter()
                .serverSideEmitWithAck(message, deadline)
                .thenApplyAsync(
                        outcome -> BroadcastImpl.replies(
                                new AckReplies(outcome.replies(), Set.of(), outcome.expected()), request.reply()),
                        completions())
                .toCompletableFuture();
    }

    @Override
    default CompletableFuture<Integer> serverCount() {
        return adapter()
                .serverCount()
                .thenApplyAsync(count -> count, completions())
                .toCompletableFuture();
    }

    // Broadcasting

    @Override
    default Broadcast to(String... names) {
        return everyone().to(names);
    }

    @Override
    default Broadcast in(String... names) {
        return everyone().to(names);
    }

    @Override
    default Broadcast except(String... names) {
        return everyone().except(names);
    }

    @Override
    default Broadcast local() {
        return everyone().local();
    }

    @Override
    default Broadcast droppable() {
        return everyone().droppable();
    }

    @Override
    default Broadcast latest(String key) {
        return everyone().latest(key);
    }

    @Override
    default void emit(Event<Void> event) {
        everyone().emit(event);
    }

    @Override
    default <T> void emit(Event<T> event, T payload) {
        everyone().emit(event, payload);
    }

    @Override
    default void emit(String event, @Nullable Object... arguments) {
        everyone().emit(event, arguments);
    }

    @Override
    default Broadcast compress(boolean enabled) {
        return everyone().compress(enabled);
    }

    @Override
    default <T, R> CompletableFuture<Replies<R>> request(Request<T, R> request, T payload, Duration deadline) {
        return everyone().request(request, payload, deadline);
    }

    @Override
    default <R> CompletableFuture<Replies<R>> request(
            String event, Class<R> reply, Duration deadline, @Nullable Object... arguments) {
        return everyone().request(event, reply, deadline, arguments);
    }

    @Override
    default CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return everyone().fetchSockets();
    }

    @Override
    default void socketsJoin(String... names) {
        everyone().socketsJoin(names);
    }

    @Override
    default void socketsLeave(String... names) {
        everyone().socketsLeave(names);
    }

    @Override
    default void disconnectSockets() {
        everyone().disconnectSockets();
    }

    @Override
    default void disconnectSockets(boolean close) {
        everyone().disconnectSockets(close);
    }

    @Override
    default void send(@Nullable Object... arguments) {
        everyone().send(arguments);
    }
}
