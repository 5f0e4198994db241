// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Broadcast;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.Handshake;
import io.sockeye.api.Namespace;
import io.sockeye.api.SendResult;
import io.sockeye.api.Socket;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.EventNames;
import io.sockeye.event.Request;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.Packet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace. The methods of the API: any thread. Fields are grouped by their guard.
 */
/* What the socket says of its rooms, under its lock, is the truth; the loops follow, move by move. Join, leave and the end exclude
 * each other, so nothing is joined after the end.
 */
public final class SocketImpl implements Socket {
    private static final AtomicIntegerFieldUpdater<SocketImpl> MOVES =
            AtomicIntegerFieldUpdater.newUpdater(SocketImpl.class, "moves");

    private final String id;
    private final NamespaceImpl namespace;
    private final Link link;
    private final HandshakeImpl handshake;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. Null until the first join. Kept after the end, for handlers that ask where the socket was. */
    private @Nullable Set<String> rooms;
    /** Written under lock. */
    private volatile boolean connected;
    /** Written under lock. Whether the server ended it, so that what the client sent before is void. */
    private volatile boolean thrownOut;

    /** Raised under lock, lowered on the loop. Moves in or out of rooms that wait for the loop. */
    private volatile int moves;

    /** Loop only. The last walk of the loop that met this socket. */
    private long lastWalk;
    /** Loop only. Null until the first event. */
    private @Nullable SerialQueue mailbox;
    /** Loop only. Null until the first request. */
    private @Nullable PendingRequests requests;

    public SocketImpl(String id, NamespaceImpl namespace, Link link, HandshakeImpl handshake) {
        this.id = id;
        this.namespace = namespace;
        this.link = link;
        this.handshake = handshake;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Namespace namespace() {
        return namespace;
    }

    /** The name of its namespace. */
    public String namespaceName() {
        return namespace.name();
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public String transport() {
        return link.transport();
    }

    Loop loop() {
        return link.loop();
    }

    // Rooms

    @Override
    public void join(String... names) {
        for (String room : names) {
            join(room);
        }
    }

    private void join(String room) {
        lock.lock();
        try {
            if (!connected || room.equals(id)) {
                return;
            }
            if (rooms == null) {
                rooms = new HashSet<>(4);
            }
            if (rooms.add(room)) {
                namespace.rooms().join(this, room);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void leave(String... names) {
        lock.lock();
        try {
            for (String room : names) {
                if (connected && rooms != null && rooms.remove(room)) {
                    namespace.rooms().leave(this, room);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<String> rooms() {
        lock.lock();
        try {
            Set<String> copy = rooms == null ? new HashSet<>() : new HashSet<>(rooms);
            copy.add(id);
            return copy;
        } finally {
            lock.unlock();
        }
    }

    /** Whether moves in or out of rooms wait for the loop. */
    boolean moving() {
        return moves > 0;
    }

    void moveBegins() {
        MOVES.incrementAndGet(this);
    }

    void moveEnds() {
        MOVES.decrementAndGet(this);
    }

    // Sending

    @Override
    public SendResult emit(Event<Void> event) {
        return send(event.name(), Arguments.NONE, false);
    }

    @Override
    public <T> SendResult emit(Event<T> event, T payload) {
        return send(event.name(), Arguments.of(event.payload(), payload), false);
    }

    @Override
    public SendResult emit(String event, @Nullable Object... arguments) {
        return send(event, arguments, false);
    }

    @Override
    public <T> SendResult emitDroppable(Event<T> event, T payload) {
        return send(event.name(), Arguments.of(event.payload(), payload), true);
    }

    @Override
    public SendResult emitDroppable(String event, @Nullable Object... arguments) {
        return send(event, arguments, true);
    }

    private SendResult send(String event, @Nullable Object[] arguments, boolean droppable) {
        EventNames.requireUsable(event);
        if (!connected) {
            return SendResult.CLOSED;
        }
        return link.send(link.format().event(namespace.name(), Packet.NO_ACK_ID, event, arguments), droppable);
    }

    @Override
    public <T, R> CompletableFuture<R> request(Request<T, R> request, T payload, Duration deadline) {
        return request(request.name(), request.reply(), deadline, Arguments.of(request.payload(), payload));
    }

    @Override
    public <R> CompletableFuture<R> request(
            String event, Class<R> reply, Duration deadline, @Nullable Object... arguments) {
        EventNames.requireUsable(event);
        long millis = Math.max(1, deadline.toMillis());
        long ackId = namespace.nextAckId();
        EncodedPacket packet = link.format().event(namespace.name(), ackId, event, arguments);
        CompletableFuture<Args> answer = new CompletableFuture<>();
        runOnLoop(() -> startRequest(ackId, packet, answer, millis));
        return answer.thenApply(args -> Arguments.bind(args, reply));
    }

    private void startRequest(long ackId, EncodedPacket packet, CompletableFuture<Args> answer, long millis) {
        if (requests == null) {
            requests = new PendingRequests(link.wheel(), namespace.executor());
        }
        requests.add(ackId, answer, millis);
        if (!connected || link.send(packet, false) == SendResult.CLOSED) {
            requests.failAll();
        }
    }

    EncodedPacket acknowledgement(long ackId, @Nullable Object... arguments) {
        return link.format().ack(namespace.name(), ackId, arguments);
    }

    void acknowledge(EncodedPacket acknowledgement) {
        if (connected) {
            link.send(acknowledgement, false);
        }
    }

    /** Marks the socket as met by a walk of its loop. Loop only. */
    void mark(long walk) {
        lastWalk = walk;
    }

    /** Delivers a broadcast unless this walk has met the socket before. Loop only. */
    void deliverOnce(long walk, EncodedPacket packet, boolean droppable) {
        if (lastWalk != walk) {
            lastWalk = walk;
            link.deliverShared(packet, droppable);
        }
    }

    @Override
    public Broadcast to(String... names) {
        return broadcast().to(names);
    }

    @Override
    public Broadcast broadcast() {
        return new BroadcastImpl(namespace, new BroadcastRequest(List.of(), List.of(id), false, false));
    }

    // Attributes

    @Override
    public <T> void attach(Class<T> type, T value) {
        handshake.attributes().put(type, value);
    }

    @Override
    public <T> T get(Class<T> type) {
        return find(type)
                .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " is attached to socket "
                        + id + "; attach one in a connect middleware or in onConnect"));
    }

    @Override
    public <T> Optional<T> find(Class<T> type) {
        return handshake.find(type);
    }

    // Life

    /** The client may come in: the namespace knows the socket from now on, and the client is told. Loop only. */
    public void connect() {
        lock.lock();
        try {
            connected = true;
        } finally {
            lock.unlock();
        }
        namespace.add(this);
        link.send(link.format().connect(namespace.name(), id), false);
        if (namespace.dispatch().greets()) {
            mailbox().offer(() -> namespace.dispatch().connected(this));
        }
    }

    /** An event came. Loop only. */
    public void receive(Packet.Event event) {
        if (namespace.dispatch().runsOnLoop(event.name()) && (mailbox == null || mailbox.idle())) {
            namespace.dispatch().handle(this, event);
        } else {
            mailbox().offer(() -> namespace.dispatch().handle(this, event));
        }
    }

    /** An acknowledgement came. Loop only. */
    public void receive(Packet.Ack ack) {
        if (requests == null || !requests.complete(ack.ackId(), ack.args())) {
            Dispatch.unknownAcknowledgement(this);
        }
    }

    void answerFailure(Throwable failure, Reply reply) {
        namespace.dispatch().answerFailure(this, failure, reply);
    }

    @Override
    public void disconnect() {
        if (leaveForGood(true)) {
            link.send(link.format().disconnect(namespace.name()), false);
            runOnLoop(() -> finish(DisconnectReason.SERVER_NAMESPACE_DISCONNECT));
        }
    }

    @Override
    public void disconnectAll() {
        link.disconnectAll();
    }

    /** The client, or the connection, is gone. Events that came before are still handled. Loop only. */
    public void end(DisconnectReason reason) {
        if (leaveForGood(false)) {
            finish(reason);
        }
    }

    /** Whether events of this socket are not to be handled any more. */
    boolean thrownOut() {
        return thrownOut;
    }

    private boolean leaveForGood(boolean byServer) {
        lock.lock();
        try {
            if (!connected) {
                return false;
            }
            connected = false;
            thrownOut = byServer;
            if (rooms != null) {
                rooms.forEach(room -> namespace.rooms().leave(this, room));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void finish(DisconnectReason reason) {
        namespace.remove(this);
        link.forget(this);
        if (requests != null) {
            requests.failAll();
        }
        if (namespace.dispatch().saysGoodbye()) {
            mailbox().offer(() -> namespace.dispatch().disconnected(this, reason));
        }
    }

    private SerialQueue mailbox() {
        if (mailbox == null) {
            mailbox = new SerialQueue(
                    namespace.executor(),
                    namespace.mailboxCapacity(),
                    open -> runOnLoop(() -> link.mailboxFull(!open)));
        }
        return mailbox;
    }

    TimerWheel wheel() {
        return link.wheel();
    }

    long answerTimeout() {
        return namespace.answerTimeout();
    }

    void runOnLoop(Runnable task) {
        if (loop().inLoop()) {
            task.run();
        } else {
            loop().execute(task);
        }
    }

    @Override
    public String toString() {
        return "Socket[" + namespace.name() + " " + id + "]";
    }
}
