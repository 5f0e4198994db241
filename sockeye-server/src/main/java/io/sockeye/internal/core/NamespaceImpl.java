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
import io.sockeye.api.RemoteSocket;
import io.sockeye.api.Replies;
import io.sockeye.api.RequestHandler;
import io.sockeye.api.RoomListener;
import io.sockeye.api.ServerEventHandler;
import io.sockeye.api.ServerRequestHandler;
import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A namespace on this node: its handlers, its sockets, its rooms. Any thread; handlers are added before the start. */
public final class NamespaceImpl implements Namespace {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceImpl.class);

    private final String name;
    private final CoreSettings settings;
    private final HandlerTable handlers;
    private final Dispatch dispatch;
    private final RoomIndex rooms;
    private final RoomEvents roomEvents;
    private final ServerSideHandlers serverSide;
    private final Executor completions;
    private final Adapter adapter;
    private final BroadcastImpl everyone;
    private final ConcurrentHashMap<String, SocketImpl> sockets = new ConcurrentHashMap<>();
    private final AtomicLong ackIds = new AtomicLong();
    private volatile boolean closed;

    public NamespaceImpl(String name, CoreSettings settings) {
        this.name = name;
        this.settings = settings;
        this.handlers = new HandlerTable(name);
        this.dispatch = new Dispatch(handlers);
        this.completions = new HandlerCompletions(settings.executor());
        this.serverSide = new ServerSideHandlers(settings.executor());
        this.roomEvents = new RoomEvents(name, settings.executor());
        this.rooms = new RoomIndex(settings.loops(), roomEvents);
        this.adapter = settings.adapters().create(new NodeSockets(this, settings.formats(), roomEvents, serverSide));
        this.everyone = choose(BroadcastOptions.ALL);
    }

    /** No handler can be added any more. */
    public void freeze() {
        dispatch.freeze();
        roomEvents.freeze();
    }

    @Override
    public String name() {
        return name;
    }

    // Handlers

    @Override
    public Namespace use(ConnectMiddleware middleware) {
        handlers.addConnectMiddleware(middleware);
        return this;
    }

    @Override
    public Namespace useEvent(EventMiddleware middleware) {
        handlers.addEventMiddleware(middleware);
        return this;
    }

    @Override
    public Namespace onConnect(ConnectHandler handler) {
        handlers.addConnectHandler(handler);
        return this;
    }

    @Override
    public Namespace onDisconnect(DisconnectHandler handler) {
        handlers.addDisconnectHandler(handler);
        return this;
    }

    @Override
    public Namespace onAny(AnyHandler handler) {
        handlers.addAnyHandler(handler);
        return this;
    }

    @Override
    public <T> Namespace on(Event<T> event, EventHandler<T> handler) {
        return put(event.name(), EventBinding.event(event.payload(), handler, false));
    }

    @Override
    public <T> Namespace on(String event, Class<T> payload, EventHandler<T> handler) {
        return put(event, EventBinding.event(payload, handler, false));
    }

    @Override
    public <T, R extends @Nullable Object> Namespace on(Request<T, R> request, RequestHandler<T, R> handler) {
        return put(request.name(), EventBinding.request(request, handler, false));
    }

    @Override
    public <T, R extends @Nullable Object> Namespace on(
            String request, Class<T> payload, Class<R> reply, RequestHandler<T, R> handler) {
        return on(Request.of(request, payload, reply), handler);
    }

    @Override
    public <T, R extends @Nullable Object> Namespace onAsync(Request<T, R> request, AsyncRequestHandler<T, R> handler) {
        return put(request.name(), EventBinding.asyncRequest(request, handler));
    }

    @Override
    public <T> Namespace nonBlocking(Event<T> event, EventHandler<T> handler) {
        return put(event.name(), EventBinding.event(event.payload(), handler, true));
    }

    @Override
    public <T, R extends @Nullable Object> Namespace nonBlocking(Request<T, R> request, RequestHandler<T, R> handler) {
        return put(request.name(), EventBinding.request(request, handler, true));
    }

    private Namespace put(String event, EventBinding binding) {
        handlers.put(event, binding);
        return this;
    }

    // Sockets

    @Override
    public Collection<Socket> sockets() {
        return List.copyOf(sockets.values());
    }

    @Override
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    @Override
    public int members(String room) {
        return rooms.members(room) + (sockets.containsKey(room) ? 1 : 0);
    }

    /** How many sockets are connected to this node. */
    public int size() {
        return sockets.size();
    }

    @Nullable
    SocketImpl find(String id) {
        return sockets.get(id);
    }

    /** Takes a socket in. The socket's loop only. */
    void add(SocketImpl socket) {
        sockets.put(socket.id(), socket);
        roomEvents.joined(socket.id(), socket.id(), true);
        rooms.on(socket.loop()).add(socket);
    }

    /** Lets go of a socket. The socket's loop only. */
    void remove(SocketImpl socket) {
        sockets.remove(socket.id());
        roomEvents.left(socket.id(), socket.id(), true);
        rooms.on(socket.loop()).remove(socket);
    }

    /** How many rooms have members, own rooms of sockets not counted. */
    public int roomCount() {
        return rooms.rooms();
    }

    // What sockets need

    public Dispatch dispatch() {
        return dispatch;
    }

    RoomIndex rooms() {
        return rooms;
    }

    public Executor executor() {
        return settings.executor();
    }

    SerialQueue.Bounds mailbox() {
        return settings.mailbox();
    }

    long answerTimeout() {
        return settings.answerTimeout();
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    /** A choice of sockets, on all nodes. */
    BroadcastImpl choose(BroadcastOptions options) {
        return new BroadcastImpl(adapter, completions, options);
    }

    /** Runs what follows an answer. */
    Executor completions() {
        return completions;
    }

    /** The names of all rooms that have members, those of single sockets included. A copy. */
    Set<String> roomNames() {
        Set<String> names = rooms.names();
        names.addAll(sockets.keySet());
        return names;
    }

    boolean closed() {
        return closed;
    }

    /** Lets go of what the adapter holds. Questions are answered with nothing from now on, since loops end. */
    public void close() {
        closed = true;
        try {
            adapter.close();
        } catch (RuntimeException e) {
            LOG.warn("the adapter of namespace {} did not close", name, e);
        }
    }

    // Other servers

    @Override
    public Namespace onRooms(RoomListener listener) {
        roomEvents.add(listener);
        return this;
    }

    @Override
    public <T> Namespace onServerSide(Event<T> event, ServerEventHandler<T> handler) {
        serverSide.add(event, handler);
        return this;
    }

    @Override
    public <T, R extends @Nullable Object> Namespace onServerSide(
            Request<T, R> request, ServerRequestHandler<T, R> handler) {
        serverSide.add(request, handler);
        return this;
    }

    @Override
    public <T> void serverSideEmit(Event<T> event, T payload) {
        ServerSideHandlers.requireUsable(event.name());
        adapter.serverSideEmit(new Message(event.name(), Arguments.message(event.payload(), payload)));
    }

    @Override
    public <T, R> CompletableFuture<Replies<R>> serverSideRequest(Request<T, R> request, T payload, Duration deadline) {
        ServerSideHandlers.requireUsable(request.name());
        Message message = new Message(request.name(), Arguments.message(request.payload(), payload));
        return adapter.serverSideEmitWithAck(message, deadline)
                .thenApplyAsync(
                        outcome -> BroadcastImpl.replies(
                                new AckReplies(outcome.replies(), Set.of(), outcome.expected()), request.reply()),
                        completions)
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return adapter.serverCount().thenApplyAsync(count -> count, completions).toCompletableFuture();
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

    @Override
    public Broadcast compress(boolean enabled) {
        return everyone.compress(enabled);
    }

    @Override
    public <T, R> CompletableFuture<Replies<R>> request(Request<T, R> request, T payload, Duration deadline) {
        return everyone.request(request, payload, deadline);
    }

    @Override
    public <R> CompletableFuture<Replies<R>> request(
            String event, Class<R> reply, Duration deadline, @Nullable Object... arguments) {
        return everyone.request(event, reply, deadline, arguments);
    }

    @Override
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return everyone.fetchSockets();
    }

    @Override
    public void socketsJoin(String... names) {
        everyone.socketsJoin(names);
    }

    @Override
    public void socketsLeave(String... names) {
        everyone.socketsLeave(names);
    }

    @Override
    public void disconnectSockets() {
        everyone.disconnectSockets();
    }

    @Override
    public void disconnectSockets(boolean close) {
        everyone.disconnectSockets(close);
    }
}
