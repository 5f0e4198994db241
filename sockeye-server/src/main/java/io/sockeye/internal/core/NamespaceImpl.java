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
import io.sockeye.event.EventNames;
import io.sockeye.event.Request;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A namespace on this node: its handlers, its sockets, its rooms. Any thread; handlers are added before the start. */
public final class NamespaceImpl implements Namespace {
    private final String name;
    private final CoreSettings settings;
    private final HandlerTable handlers;
    private final Dispatch dispatch;
    private final RoomIndex rooms;
    private final Broadcast everyone = new BroadcastImpl(this, BroadcastRequest.ALL);
    private final ConcurrentHashMap<String, SocketImpl> sockets = new ConcurrentHashMap<>();
    private final AtomicLong ackIds = new AtomicLong();

    public NamespaceImpl(String name, CoreSettings settings) {
        this(name, settings, new HandlerTable(name));
    }

    private NamespaceImpl(String name, CoreSettings settings, HandlerTable handlers) {
        this(name, settings, handlers, new Dispatch(handlers));
    }

    private NamespaceImpl(String name, CoreSettings settings, HandlerTable handlers, Dispatch dispatch) {
        this.name = name;
        this.settings = settings;
        this.handlers = handlers;
        this.dispatch = dispatch;
        this.rooms = new RoomIndex(settings.loops());
    }

    /** Another namespace with the same handlers, which are shared and not copied. */
    NamespaceImpl sibling(String other) {
        return new NamespaceImpl(other, settings, handlers, dispatch);
    }

    /** No handler can be added any more. */
    public void freeze() {
        dispatch.freeze();
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
    /* The loop's part of the rooms is there before anyone can know of the socket, so that no broadcast passes it over. */
    void add(SocketImpl socket) {
        LoopRooms here = rooms.on(socket.loop());
        sockets.put(socket.id(), socket);
        here.add(socket);
    }

    /** Lets go of a socket. The socket's loop only. */
    void remove(SocketImpl socket) {
        sockets.remove(socket.id());
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

    void broadcast(BroadcastRequest request, String event, @Nullable Object[] arguments) {
        EventNames.requireUsable(event);
        EncodedPacket packet = settings.format().event(name, Packet.NO_ACK_ID, event, arguments);
        rooms.broadcast(request, packet, this);
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
