// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.LimitHit;
import io.sockeye.api.Registration;
import io.sockeye.api.SendResult;
import io.sockeye.api.Socket;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.Message;
import io.sockeye.spi.ServerObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A namespace on this node: its handlers, its sockets, its rooms. Any thread; handlers are added before the start. */
public final class NamespaceImpl implements DeclaredNamespace {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceImpl.class);

    private final String name;
    private final CoreSettings settings;
    private final NamespaceHandlers shared;
    private final OutgoingWatch outgoing;
    private final Dispatch dispatch;
    private final RoomIndex rooms;
    private final RoomEvents roomEvents;
    private final Executor completions;
    private final @Nullable Recovery recovery;
    private final Adapter adapter;
    private final BroadcastImpl everyone;
    private final ConcurrentHashMap<String, SocketImpl> sockets = new ConcurrentHashMap<>();
    private final AtomicLong ackIds = new AtomicLong();
    private volatile boolean closed;

    public NamespaceImpl(String name, CoreSettings settings) {
        this(name, settings, NamespaceHandlers.of(name, settings));
    }

    private NamespaceImpl(String name, CoreSettings settings, NamespaceHandlers shared) {
        this.name = name;
        this.settings = settings;
        this.shared = shared;
        this.dispatch = shared.dispatch();
        this.outgoing = new OutgoingWatch(this, shared.table());
        this.completions = new HandlerCompletions(settings.executor());
        this.roomEvents = new RoomEvents(name, settings, shared.roomEvents());
        this.rooms = new RoomIndex(settings.loops(), roomEvents, settings.backlog());
        RecoverySettings recovering = settings.recovery();
        this.recovery = recovering == null
                ? null
                : new Recovery(
                        this, settings.formats(), recovering, settings.loops().get(0));
        this.adapter =
                settings.adapters().create(new NodeSockets(this, settings.formats(), roomEvents, shared.serverSide()));
        this.roomEvents.freeze();
        this.everyone = choose(BroadcastOptions.ALL);
    }

    /** Another namespace with the same handlers, which are shared and not copied. */
    NamespaceImpl sibling(String other) {
        return new NamespaceImpl(other, settings, shared);
    }

    /** No handler can be added any more. */
    public void freeze(List<ServerObserver> observers) {
        dispatch.freeze(observers);
        shared.roomEvents().freeze();
        shared.limits().freeze();
        shared.waits().freeze();
    }

    @Override
    public String name() {
        return name;
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

    /** The sockets of this node, as they come and go. */
    Iterable<SocketImpl> all() {
        return sockets.values();
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
        roomEvents.joined(socket.id(), socket.id(), true);
        here.add(socket);
    }

    /** Lets go of a socket. The socket's loop only. */
    void remove(SocketImpl socket) {
        sockets.remove(socket.id(), socket);
        roomEvents.left(socket.id(), socket.id(), true);
        rooms.on(socket.loop()).remove(socket);
    }

    @Override
    public Registration schedule(Duration delay, Runnable task) {
        ScheduledTask scheduled = new ScheduledTask(task, settings.executor());
        settings.loops().get(0).schedule(scheduled, Math.max(1, delay.toMillis()));
        return scheduled;
    }

    /** How many rooms have members, own rooms of sockets not counted. */
    public int roomCount() {
        return rooms.rooms();
    }

    // What sockets need

    public Dispatch dispatch() {
        return dispatch;
    }

    /** What events are limited by, or null if they are not. */
    @Nullable
    EventLimits limits() {
        return shared.limits().any() ? shared.limits() : null;
    }

    CoreBounds bounds() {
        return settings.bounds();
    }

    LoopBacklog backlog() {
        return settings.backlog();
    }

    /** Counts a bound that was reached. */
    void count(LimitHit hit) {
        settings.rates().counters().count(hit);
    }

    WaitRules waits() {
        return shared.waits();
    }

    OutgoingWatch outgoing() {
        return outgoing;
    }

    RoomIndex rooms() {
        return rooms;
    }

    public Executor executor() {
        return settings.executor();
    }

    SocketLocks locks() {
        return settings.locks();
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

    /** What lets clients come back as the sockets they were, or null if they cannot. */
    public @Nullable Recovery recovery() {
        return recovery;
    }

    /** Sends an event to one socket, and keeps it in case that its client is away. */
    SendResult sendRecoverably(String socketId, Message message, @Nullable String key) {
        if (recovery == null || !settings.backlog().admits()) {
            return SendResult.DROPPED;
        }
        BroadcastOptions options = BroadcastOptions.ALL.to(socketId);
        recovery.broadcast(message, key == null ? options : options.withKey(key));
        return SendResult.QUEUED;
    }

    @Override
    public NamespaceHandlers handlers() {
        return shared;
    }

    @Override
    public BroadcastImpl everyone() {
        return everyone;
    }

    @Override
    public Adapter adapter() {
        return adapter;
    }

    /** A choice of sockets, on all nodes. */
    BroadcastImpl choose(BroadcastOptions options) {
        return new BroadcastImpl(adapter, completions, options);
    }

    @Override
    public Executor completions() {
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

    /** Lets go of what the adapter holds. Questions are answered with nothing from now on, since loops may have ended. */
    public void close() {
        closed = true;
        try {
            adapter.close();
        } catch (RuntimeException e) {
            LOG.warn("the adapter of namespace {} did not close", name, e);
        }
        if (recovery != null) {
            recovery.close();
        }
    }
}
