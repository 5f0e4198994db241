// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Broadcast;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.Handshake;
import io.sockeye.api.Namespace;
import io.sockeye.api.SendResult;
import io.sockeye.api.Socket;
import io.sockeye.api.SocketDisconnected;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.EventNames;
import io.sockeye.event.Request;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.Packet;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.SocketDetails;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace. The methods of the API: any thread. Fields are grouped by their guard.
 */
public final class SocketImpl implements Socket {
    private static final String NOT_SENT = "the request was not sent, since the client is gone or behind";

    private final String id;
    private final NamespaceImpl namespace;
    private final Link link;
    private final HandshakeImpl handshake;

    private final Membership membership;

    /** Loop only. The last walk of the loop that met this socket. */
    private long lastWalk;
    /** Loop only. Null until the first event. */
    private @Nullable SerialQueue mailbox;
    /** Loop only. Tasks of the mailbox whose effects may not all have come to the loop; counted where loop handlers exist. */
    private int unsettled;
    /** Loop only. Answers that asynchronous handlers owe. */
    private int answersOwed;
    /** Loop only. Null until the first request. */
    private @Nullable PendingRequests requests;

    public SocketImpl(String id, NamespaceImpl namespace, Link link, HandshakeImpl handshake) {
        this.id = id;
        this.namespace = namespace;
        this.link = link;
        this.handshake = handshake;
        this.membership = new Membership(this, namespace.rooms());
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
        return membership.connected();
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
        membership.join(names);
    }

    @Override
    public void leave(String... names) {
        membership.leave(names);
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
        if (!membership.connected()) {
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
        if (!membership.connected()) {
            return CompletableFuture.failedFuture(new SocketDisconnected("the client is gone"));
        }
        loop().run(() -> startRequest(ackId, packet, answer, millis));
        return answer.thenApply(args -> Arguments.bind(args, reply));
    }

    private void startRequest(long ackId, EncodedPacket packet, CompletableFuture<Args> answer, long millis) {
        requests().add(ackId, answer, millis);
        if (!membership.connected()) {
            requests().fail(ackId, "the client is gone");
        } else if (link.send(packet, false) != SendResult.QUEUED) {
            requests().fail(ackId, NOT_SENT);
        }
    }

    private PendingRequests requests() {
        if (requests == null) {
            requests = new PendingRequests(link.wheel(), namespace.completions());
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

    /** Delivers an event that others of the loop get too. Loop only. */
    void deliver(Outgoing outgoing, boolean droppable) {
        EncodedPacket packet = outgoing.in(link.format());
        if (packet != null) {
            link.deliverShared(packet, droppable);
        }
    }

    /** Delivers an event that others get too and waits for its acknowledgement. Loop only. */
    void ask(long ackId, Outgoing outgoing, boolean droppable, PendingRequests.Waiting waiting) {
        EncodedPacket packet = outgoing.in(link.format());
        if (packet == null || !membership.connected()) {
            waiting.failed(NOT_SENT);
            return;
        }
        requests().add(ackId, waiting);
        if (link.deliverShared(packet, droppable) != SendResult.QUEUED) {
            requests().fail(ackId, NOT_SENT);
        }
    }

    /** Nobody waits for an acknowledgement any more. Loop only. */
    void stopWaiting(long ackId) {
        requests().remove(ackId);
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

    // Attributes

    @Override
    public Map<String, Object> data() {
        return handshake.data();
    }

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
        membership.connect();
        namespace.add(this);
        link.send(link.format().connect(namespace.name(), id, null), false);
        if (namespace.dispatch().greets()) {
            offer(() -> namespace.dispatch().connected(this), 0);
        }
    }

    /**
     * An event came. Loop only.
     *
     * @param bytes what it holds in memory
     */
    public void receive(Packet.Event event, int bytes) {
        if (unsettled == 0 && namespace.dispatch().runsOnLoop(event.name())) {
            namespace.dispatch().handle(this, event);
        } else {
            offer(() -> namespace.dispatch().handle(this, event), bytes);
        }
    }

    /* A handler on the loop must not overtake what an earlier one on another thread has posted to the loop. So a task counts until
     * a task of the loop that was posted behind all of its own says that it is over.
     */
    private void offer(Runnable task, int bytes) {
        if (!namespace.dispatch().mixed()) {
            mailbox().offer(task, bytes);
            return;
        }
        unsettled++;
        Runnable counted = () -> {
            task.run();
            loop().execute(() -> unsettled--);
        };
        mailbox().offer(counted, bytes);
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
        namespace.remove(this);
        link.forget(this);
        if (requests != null) {
            requests.failAll();
        }
        if (namespace.dispatch().saysGoodbye()) {
            offer(() -> namespace.dispatch().disconnected(this, reason), 0);
        }
    }

    private SerialQueue mailbox() {
        if (mailbox == null) {
            mailbox = new SerialQueue(
                    namespace.executor(), namespace.mailbox(), open -> loop().run(() -> link.mailboxFull(!open)));
        }
        return mailbox;
    }

    /**
     * Counts an answer that an asynchronous handler owes, or owes no more. So many may be owed as events may wait; beyond that the
     * connection is not read. Loop only.
     */
    void answersOwed(int change) {
        int most = namespace.mailbox().tasks();
        boolean tooMany = answersOwed >= most;
        answersOwed += change;
        if (tooMany != answersOwed >= most) {
            link.mailboxFull(!tooMany);
        }
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
