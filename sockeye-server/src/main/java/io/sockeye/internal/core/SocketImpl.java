// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Broadcast;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.LimitHit;
import io.sockeye.api.Namespace;
import io.sockeye.api.SendResult;
import io.sockeye.api.SocketDisconnected;
import io.sockeye.event.Args;
import io.sockeye.event.EventNames;
import io.sockeye.event.Request;
import io.sockeye.internal.limits.ConnectionRates;
import io.sockeye.internal.limits.WaitHint;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.Packet;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.Message;
import io.sockeye.spi.SocketDetails;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace. The methods of the API: any thread. Fields are grouped by their guard.
 */
public final class SocketImpl implements ListeningSocket, AttributedSocket, SendingSocket {
    private static final AtomicReferenceFieldUpdater<SocketImpl, @Nullable SocketHandlers> HANDLERS =
            AtomicReferenceFieldUpdater.newUpdater(SocketImpl.class, SocketHandlers.class, "handlers");

    private final String id;
    private final NamespaceImpl namespace;
    private final Link link;
    private final HandshakeImpl handshake;

    private final Membership membership;

    /** Set before the socket is known to the namespace. Null if the client cannot come back. */
    private @Nullable RecoverySession recovery;
    /** Set before the socket is known to the namespace. */
    private boolean recovered;
    /** Any thread. Null until the socket gets a handler of its own. */
    private volatile @Nullable SocketHandlers handlers;

    /** Loop only. The last walk of the loop that met this socket. */
    private long lastWalk;
    /** Loop only. Null while there was no event for some time. */
    private @Nullable Mailbox mailbox;
    /** Loop only. Null while there was no request for some time. */
    private @Nullable PendingRequests requests;
    /** Loop only. What the socket has used of the limits of single events; null while it has used nothing for some time. */
    private long @Nullable [] eventBuckets;

    public SocketImpl(String id, NamespaceImpl namespace, Link link, HandshakeImpl handshake) {
        this.id = id;
        this.namespace = namespace;
        this.link = link;
        this.handshake = handshake;
        this.membership = new Membership(this);
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
    public HandshakeImpl handshake() {
        return handshake;
    }

    @Override
    public boolean connected() {
        return membership.connected();
    }

    @Override
    public String transport() {
        return link.transport();
    }

    /** The loop of its connection. */
    public Loop loop() {
        return link.loop();
    }

    // Rooms

    @Override
    public void join(String... names) {
        membership.join(names);
    }

    @Override
    public void leave(String... names) {
        membership.leave(names);
    }

    /** Joins a room because the client asked for it, which may be away meanwhile, or back on another connection. */
    void joinByRequest(String room) {
        if (recovery == null || namespace.recovery() == null) {
            join(room);
        } else {
            namespace.recovery().join(recovery, room, bounds().rooms());
        }
    }

    /** Whether a room is that of the id of another socket of this node. */
    boolean isRoomOfAnother(String room) {
        return namespace.find(room) != null && !room.equals(id);
    }

    @Override
    public Set<String> rooms() {
        Set<String> rooms = membership.rooms();
        rooms.add(id);
        return rooms;
    }

    Membership membership() {
        return membership;
    }

    CoreBounds bounds() {
        return namespace.bounds();
    }

    RoomIndex roomIndex() {
        return namespace.rooms();
    }

    /** What its membership is guarded by. */
    ReentrantLock lock() {
        return namespace.locks().of(this);
    }

    // Handlers

    @Override
    public @Nullable SocketHandlers handlers() {
        return handlers;
    }

    @Override
    public SocketHandlers writableHandlers() {
        if (handlers == null) {
            HANDLERS.compareAndSet(this, null, new SocketHandlers(this, namespace.outgoing()));
        }
        return Objects.requireNonNull(handlers);
    }

    // Sending

    @Override
    public SendResult emit(String event, @Nullable Object[] arguments, boolean droppable, @Nullable String key) {
        EventNames.requireUsable(event);
        namespace.waits().await();
        if (recovery != null && !recovery.over && !droppable) {
            showOutgoing(event, arguments);
            return namespace.sendRecoverably(id, new Message(event, Arguments.all(arguments)), key);
        }
        if (!membership.connected()) {
            return SendResult.CLOSED;
        }
        EncodedPacket packet = link.format().event(namespace.name(), Packet.NO_ACK_ID, event, arguments);
        WaitHint hint = namespace.waits().hint(namespace.name(), key);
        showOutgoing(event, arguments);
        return link.send(hint == null ? packet : packet.withHint(hint), droppable);
    }

    private void showOutgoing(String event, @Nullable Object[] arguments) {
        if (namespace.outgoing().any()) {
            namespace.outgoing().show(this, event, arguments);
        }
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
        if (!membership.connected()) {
            return CompletableFuture.failedFuture(new SocketDisconnected("the client is gone"));
        }
        showOutgoing(event, arguments);
        namespace.waits().ask(loop(), () -> requests().send(ackId, packet, answer, millis));
        return answer.thenApply(args -> Arguments.bind(args, reply));
    }

    private PendingRequests requests() {
        if (requests == null) {
            requests = new PendingRequests(this, namespace.completions());
        }
        return requests;
    }

    EncodedPacket acknowledgement(long ackId, @Nullable Object... arguments) {
        return link.format().ack(namespace.name(), ackId, arguments);
    }

    void acknowledge(EncodedPacket acknowledgement) {
        if (membership.connected()) {
            link.send(acknowledgement, false);
        }
    }

    /** Marks the socket as met by a walk of its loop; false if this walk has met it before. Loop only. */
    boolean meet(long walk) {
        boolean first = lastWalk != walk;
        lastWalk = walk;
        return first;
    }

    /** Whether it looks as if a packet would go out at once. Loop only. */
    boolean looksReady() {
        return link.looksReady();
    }

    /** Delivers an event that others of the loop get too. Loop only. */
    SendResult deliver(Outgoing outgoing, boolean droppable) {
        EncodedPacket packet = outgoing.in(link.format());
        return packet == null ? SendResult.DROPPED : link.deliverShared(packet, droppable);
    }

    /** Delivers an event that is kept for clients that are away. Loop only. */
    void deliver(RecoveryLog.Entry entry) {
        if (recovery == null || entry.sequence() > recovery.replayedThrough) {
            deliver(entry.outgoing(), false);
        }
    }

    /** Delivers an event that others get too and waits for its acknowledgement. Loop only. */
    void ask(long ackId, Outgoing outgoing, boolean droppable, PendingRequests.Waiting waiting) {
        requests().ask(ackId, outgoing, droppable, waiting);
    }

    /** Nobody waits for an acknowledgement any more. Loop only. */
    void stopWaiting(long ackId) {
        if (requests != null) {
            requests.remove(ackId);
        }
    }

    /** What other servers may know. */
    SocketDetails details() {
        return new SocketDetails(id, handshake, rooms(), handshake.dataCopy());
    }

    @Override
    public Broadcast to(String... names) {
        return broadcast().to(names);
    }

    @Override
    public Broadcast broadcast() {
        return namespace.choose(BroadcastOptions.ALL.without(id));
    }

    // Life

    /** The client may come in: the namespace knows the socket from now on, and the client is told. Loop only. */
    public void connect() {
        if (namespace.recovery() != null && link.recoverable()) {
            recovery = namespace.recovery().admit(this);
        }
        membership.connect();
        namespace.add(this);
        greet();
    }

    /**
     * The client comes back as this socket: it is in its rooms again, and gets what it missed, then the answer to its CONNECT. Loop
     * only.
     *
     * @return false if it missed more than is kept; nothing has happened then
     */
    public boolean comeBack(Recovery.Claim claim) {
        Recovery log = Objects.requireNonNull(namespace.recovery(), "a claim is made by a recovery");
        recovery = claim.session();
        recovered = true;
        List<RecoveryLog.Entry> missed = log.resume(this, claim);
        if (missed == null) {
            return false;
        }
        missed.forEach(entry -> deliver(entry.outgoing(), false));
        greet();
        return true;
    }

    private void greet() {
        String recoveryId = recovery == null ? null : recovery.recoveryId();
        link.send(link.admission(namespace.name(), id, recoveryId), false);
        if (namespace.dispatch().greets()) {
            mailbox().offer(() -> namespace.dispatch().connected(this), 0);
        }
    }

    /** Ends the connection at once, as if it had broken: its client has a new one. Any thread. */
    public void breakOff() {
        link.breakOff();
    }

    @Override
    public boolean recovered() {
        return recovered;
    }

    /**
     * An event came. Loop only.
     *
     * @param bytes what it holds in memory
     */
    public void receive(Packet.Event event, int bytes) {
        EventLimits limits = namespace.limits();
        if (limits != null && !limits.admits(this, event, bytes)) {
            return;
        }
        if (runsOnLoop(event.name())) {
            namespace.dispatch().handle(this, event);
        } else {
            mailbox().offer(() -> namespace.dispatch().handle(this, event), bytes);
        }
    }

    /* What can be recovered is sent in a later task even by the loop, and would be overtaken by what a handler there sends at once. */
    private boolean runsOnLoop(String event) {
        return (mailbox == null || mailbox.settled())
                && namespace.recovery() == null
                && handlers == null
                && !namespace.outgoing().any()
                && namespace.dispatch().runsOnLoop(event);
    }

    /** An acknowledgement came. Loop only. */
    public void receive(Packet.Ack ack) {
        if (requests == null || !requests.complete(ack.ackId(), ack.args())) {
            Dispatch.unknownAcknowledgement(this);
        }
    }

    Dispatch dispatch() {
        return namespace.dispatch();
    }

    Link link() {
        return link;
    }

    @Override
    public void disconnect() {
        if (membership.end(true)) {
            loop().run(() -> {
                link.send(link.format().disconnect(namespace.name()), false);
                finish(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
            });
        }
    }

    @Override
    public void disconnectAll() {
        link.disconnectAll();
    }

    /** The client, or the connection, is gone. Events that came before are still handled. Loop only. */
    public void end(DisconnectReason reason) {
        if (membership.end(false)) {
            finish(reason);
        }
    }

    /** Whether events of this socket are not to be handled any more. */
    boolean endedByServer() {
        return membership.endedByServer();
    }

    private void finish(DisconnectReason reason) {
        loop().counters().disconnected(reason);
        namespace.remove(this);
        link.forget(this);
        if (recovery != null && namespace.recovery() != null) {
            namespace.recovery().ended(this, recovery, reason, link.recoverable());
        }
        if (requests != null) {
            requests.failAll();
        }
        if (handlers != null) {
            offAnyOutgoing();
        }
        // where there is a mailbox, a handler may be running that registers one for the end
        if (namespace.dispatch().saysGoodbye() || handlers != null || mailbox != null) {
            mailbox().offer(() -> namespace.dispatch().disconnected(this, reason), 0);
        }
    }

    /** Whether an event of the client is still being handled. Loop only. */
    public boolean busy() {
        return mailbox != null && !mailbox.idle();
    }

    /** Lets go of what is not in use; it is made again when it is needed. Loop only. */
    public void trim() {
        if (mailbox != null && mailbox.idle()) {
            mailbox = null;
        }
        if (requests != null && requests.isEmpty()) {
            requests = null;
        }
        EventLimits limits = namespace.limits();
        if (limits != null && eventBuckets != null && limits.areFull(eventBuckets)) {
            eventBuckets = null;
        }
    }

    // Limits

    /** What the connection has used of its limits. Loop only. */
    ConnectionRates connectionLimits() {
        return link.limits();
    }

    /** What the socket has used of the limits of single events. Loop only. */
    long[] eventBuckets(int slots) {
        if (eventBuckets == null) {
            eventBuckets = new long[slots];
        }
        return eventBuckets;
    }

    /** Counts a bound that was reached. Any thread. */
    void count(LimitHit hit) {
        namespace.count(hit);
    }

    /** The client did what it should not. Any thread. */
    void strike() {
        loop().run(link::strike);
    }

    private Mailbox mailbox() {
        if (mailbox == null) {
            mailbox = new Mailbox(namespace, link);
        }
        return mailbox;
    }

    /** The mailbox, stopped behind the task of it that runs, which calls this. */
    /* It was written on the loop before it was offered the task, and is not replaced while it runs one. */
    Mailbox heldMailbox() {
        Mailbox held = Objects.requireNonNull(mailbox, "a task of the mailbox calls");
        held.hold();
        return held;
    }

    /** Counts an answer that an asynchronous handler owes, or owes no more. Loop only. */
    void answersOwed(int change) {
        mailbox().answersOwed(change);
    }

    TimerWheel wheel() {
        return link.wheel();
    }

    long answerTimeout() {
        return namespace.answerTimeout();
    }

    @Override
    public String toString() {
        return "Socket[" + namespace.name() + " " + id + "]";
    }
}
