// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.SendResult;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.internal.limits.MemoryLedger;
import io.sockeye.internal.outbox.Outbox;
import io.sockeye.internal.outbox.OutboxBounds;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.outbox.OutboxOwner;
import io.sockeye.internal.timing.Timed;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.Drainable;
import io.sockeye.internal.transport.FirstRequest;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopCounters.Count;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacketType;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection, whatever carries it (Engine.IO 4, or 3). Event loop only, but for {@link #send}, {@link #close} and the
 * getters, which any thread may call.
 */
/* The session is its own entry on the timer wheel: the next ping, the time-out of the last one, the time by which a client of
 * version 3 must have sent its ping, or the end of lingering, whichever its state waits for. It stays on one loop for life; a WebSocket opened for an upgrade is moved there before its 101.
 *
 * Closing has two ways. close(reason) is graceful: the listener is told at once, what waits still leaves, and a polling client
 * is told with its next GET. fail(reason) drops what waits and closes the transport at once.
 */
public final class EngineSession extends Timed implements OutboxOwner, Drainable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);
    private static final EncodedPacket PING = EncodedPacket.control(EnginePacketType.PING, "");
    private static final EncodedPacket PONG = EncodedPacket.control(EnginePacketType.PONG, "");
    private static final long LINGER_MILLIS = 30_000;

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final String id;
    private final EngineVersion version;
    private final FirstRequest request;
    private final Loop loop;
    private final EngineServer server;
    private final Outbox outbox = new Outbox(this);
    private final @Nullable FrameRing frames;

    /** Written on the loop, read by any thread. */
    private volatile Transport transport;

    /** Written on the loop, read by any thread. */
    private volatile State state = State.OPEN;

    /** Set before the session opens, then constant. */
    private @Nullable RefusalReason turnedAway;

    private @Nullable SessionListener listener;
    private @Nullable Upgrade upgrade;
    private boolean awaitingPong;
    /** Whether the time-out of the last ping has been extended. */
    private boolean extended;
    /** Whether a ping waits for a transport that takes it. */
    private boolean pingDue;

    private boolean reading = true;

    EngineSession(
            String id,
            EngineVersion version,
            FirstRequest request,
            Loop loop,
            EngineServer server,
            Function<EngineSession, Transport> first) {
        this.id = id;
        this.version = version;
        this.request = request;
        this.loop = loop;
        this.server = server;
        this.frames = server.newRing();
        this.transport = first.apply(this);
        count(SessionKinds.of(version, transport.name()), 1);
    }

    private void count(Count what, long change) {
        loop.counters().add(what, change);
    }

    /** Sends the open packet, and the initial one if there is one, and hands the session to its listener. */
    void open(EncodedPacket openPacket, @Nullable EncodedPacket initialPacket, SessionAcceptor acceptor) {
        deliver(openPacket, false, false);
        if (initialPacket != null) {
            deliver(initialPacket, false, false);
        }
        if (version == EngineVersion.V3) {
            awaitPing();
        } else {
            wheel().scheduleBefore(this, options().pingInterval());
        }
        listener = acceptor.accept(this);
    }

    /** The client is one too many. */
    void turnAway(RefusalReason reason) {
        turnedAway = reason;
    }

    /** Why the session is there only for the client to be told that it may not come in; null for all others. */
    public @Nullable RefusalReason turnedAway() {
        return turnedAway;
    }

    /** The secret id that requests are recognised by. */
    public String id() {
        return id;
    }

    /** The version of the protocol that the client speaks. */
    public EngineVersion version() {
        return version;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    /** The deadlines of the session's loop. */
    public TimerWheel wheel() {
        return server.wheel(loop);
    }

    /** What is kept of the request that opened the session. */
    public FirstRequest request() {
        return request;
    }

    /** What carries packets at the moment. */
    public TransportName transportName() {
        return transport.name();
    }

    Transport transport() {
        return transport;
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    EngineOptions options() {
        return server.options();
    }

    // Sending

    /**
     * Sends a packet. Packets of one thread leave in the order it gave them.
     *
     * @param droppable whether to drop it if the client cannot take it at once
     */
    public SendResult send(EncodedPacket packet, boolean droppable) {
        return outbox.send(packet, droppable);
    }

    /**
     * Sends a packet. Loop only.
     *
     * @param shared whether the packet is about to be sent to other sessions of this loop too
     */
    public SendResult deliver(EncodedPacket packet, boolean droppable, boolean shared) {
        return outbox.deliver(packet, droppable, shared);
    }

    /** What waits in the whole server. Any thread. */
    public MemoryLedger ledger() {
        return server.counters().ledger();
    }

    /** What waits for the client. */
    Outbox outbox() {
        return outbox;
    }

    /** Whether the client was not sent all that it was to get. Any thread. */
    public boolean lossy() {
        return outbox.lossy();
    }

    /** Hands what waits to the transport, as far as it accepts. */
    void drain() {
        if (pingDue && state == State.OPEN) {
            ping();
        }
        if (outbox.drain() && state == State.CLOSING) {
            transport.close();
        }
    }

    @Override
    public OutboxBounds outboxBounds() {
        return options().outbox();
    }

    @Override
    public OutboxCounters outboxCounters() {
        return server.counters();
    }

    @Override
    public boolean accepts(EncodedPacket packet) {
        return transport.accepts(packet);
    }

    @Override
    public void write(EncodedPacket packet, boolean shared) {
        count(Count.PACKETS_OUT, 1);
        count(Count.BYTES_OUT, packet.bytes());
        if (frames != null) {
            frames.sent(packet);
        }
        transport.write(packet, shared);
    }

    @Override
    public void endSlowConsumer() {
        options()
                .limits()
                .refusals()
                .warn(
                        LOG,
                        "session of {} is closed: more than {} bytes or {} packets waited for it",
                        request.remoteAddress(),
                        options().outbox().maxBytes(),
                        options().outbox().maxPackets());
        fail(DisconnectReason.SLOW_CONSUMER);
    }

    /** Whether it looks as if a packet would go out at once. Loop only. */
    public boolean looksReady() {
        return outbox.isEmpty() && transport.looksReady();
    }

    /** Stops or resumes taking messages from the client. Loop only. */
    public void reading(boolean enabled) {
        reading = enabled;
        transport.reading(enabled);
    }

    // Receiving

    /** A packet came as text, its data in a part of an array. */
    void onPacket(EnginePacketType type, byte[] array, int offset, int length) {
        loop.assertInLoop();
        if (state != State.OPEN) {
            return;
        }
        count(Count.PACKETS_IN, 1);
        count(Count.BYTES_IN, length + 1L);
        if (frames != null) {
            frames.received(type.code(), array, offset, length);
        }
        if (type != EnginePacketType.PONG) {
            extendTimeout();
        }
        switch (type) {
            case MESSAGE -> {
                if (listener != null) {
                    listener.onText(array, offset, length);
                }
            }
            case PONG -> onPong();
            case PING -> onPing(array, offset, length);
            case OPEN, CLOSE, UPGRADE, NOOP -> LOG.trace("ignored a packet of type {}", type);
        }
    }

    /** A binary message came. */
    void onBinary(byte[] data) {
        if (state != State.OPEN) {
            return;
        }
        count(Count.PACKETS_IN, 1);
        count(Count.BYTES_IN, data.length);
        if (frames != null) {
            frames.received(true, data);
        }
        extendTimeout();
        if (listener != null) {
            listener.onBinary(data);
        }
    }

    /** Something came that is no packet: the session ends. */
    void onUnreadable(boolean binary, byte[] data) {
        if (frames != null && state == State.OPEN) {
            frames.received(binary, data);
        }
        fail(DisconnectReason.PARSE_ERROR);
    }

    /** A client that is heard but whose pong is late (a throttled tab) gets one more time-out. */
    private void extendTimeout() {
        if (awaitingPong && !extended) {
            extended = true;
            wheel().scheduleBefore(this, options().pingTimeout());
        }
    }

    private void onPing(byte[] array, int offset, int length) {
        if (version != EngineVersion.V3) {
            fail(DisconnectReason.TRANSPORT_ERROR);
            return;
        }
        awaitPing();
        tellHeartbeat();
        EncodedPacket pong = length == 0
                ? PONG
                : EncodedPacket.control(
                        EnginePacketType.PONG, new String(array, offset, length, StandardCharsets.UTF_8));
        deliver(pong, false, false);
    }

    /** A client of version 3 has the time of a ping and its answer to send the next ping. */
    private void awaitPing() {
        wheel().schedule(this, options().pingInterval() + options().pingTimeout());
    }

    private void onPong() {
        if (version == EngineVersion.V3) {
            fail(DisconnectReason.TRANSPORT_ERROR);
        } else if (awaitingPong) {
            awaitingPong = false;
            wheel().scheduleBefore(this, options().pingInterval());
        }
    }

    @Override
    protected void onDeadline() {
        if (state == State.CLOSING) {
            end();
        } else if (version != EngineVersion.V3 && !awaitingPong) {
            awaitingPong = true;
            extended = false;
            wheel().scheduleBefore(this, options().pingTimeout());
            ping();
            tellHeartbeat();
        } else if (!reading) {
            // The pong, or the ping, of a client that is not read may be there.
            wheel().scheduleBefore(this, options().pingTimeout());
        } else {
            fail(DisconnectReason.PING_TIMEOUT);
        }
    }

    /** A ping passes what waits in the outbox, whose bounds must not cost a client its heartbeat. */
    private void ping() {
        pingDue = !transport.accepts(PING);
        if (!pingDue) {
            write(PING, false);
        }
    }

    // Upgrading

    /** Whether a WebSocket may begin an upgrade now. */
    boolean mayUpgrade() {
        return state == State.OPEN && transport.name() == TransportName.POLLING && upgrade == null;
    }

    void beginUpgrade(Upgrade candidate) {
        upgrade = candidate;
    }

    /** Whether polls are to be answered at once, so that the client can stop polling. */
    boolean upgrading() {
        return upgrade != null && upgrade.probed();
    }

    boolean upgradeIs(Upgrade candidate) {
        return upgrade == candidate;
    }

    void abandonUpgrade() {
        upgrade = null;
        count(Count.ABANDONED_UPGRADES, 1);
    }

    /** The WebSocket takes over. */
    void completeUpgrade(WebSocketTransport webSocket) {
        Transport polling = transport;
        upgrade = null;
        count(SessionKinds.of(version, transport.name()), -1);
        transport = webSocket;
        count(SessionKinds.of(version, transport.name()), 1);
        count(Count.UPGRADES, 1);
        webSocket.reading(reading);
        if (polling instanceof PollingTransport replaced) {
            replaced.retire();
        }
        if (awaitingPong) {
            awaitingPong = false;
            pingDue = false;
            wheel().scheduleBefore(this, options().pingInterval());
        }
        drain();
    }

    // Closing

    /** Closes gracefully: what waits still leaves. Any thread. */
    public void close(DisconnectReason reason) {
        if (!loop.inLoop()) {
            loop.execute(() -> close(reason));
            return;
        }
        if (state == State.OPEN) {
            state = State.CLOSING;
            wheel().schedule(this, turnedAway == null ? LINGER_MILLIS : ConnectionLimits.TURN_AWAY_MILLIS);
            tellClosed(reason);
            drain();
        }
    }

    @Override
    public boolean busy() {
        return listener != null && listener.busy();
    }

    @Override
    public void goAway() {
        close(DisconnectReason.SERVER_SHUTTING_DOWN);
    }

    /** Closes at once, with what waits dropped. */
    public void fail(DisconnectReason reason) {
        loop.assertInLoop();
        if (state == State.OPEN) {
            outbox.clear();
            state = State.CLOSING;
            tellClosed(reason);
            transport.close();
            end();
        }
    }

    /** The client closed, or its connection broke. */
    void onPeerClosed(DisconnectReason reason) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            tellClosed(reason);
        }
        end();
    }

    /** The session is over: nothing of it is left on the server. */
    void end() {
        loop.assertInLoop();
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        count(SessionKinds.of(version, transport.name()), -1);
        outbox.clear();
        wheel().cancel(this);
        server.remove(this);
        transport.close();
        if (upgrade != null) {
            upgrade.abort();
            upgrade = null;
        }
    }

    private void tellHeartbeat() {
        if (listener != null) {
            listener.onHeartbeat();
        }
    }

    private void tellClosed(DisconnectReason reason) {
        loop.counters().closed(reason);
        FlightRecords records = server.records();
        if (frames != null && records != null) {
            records.ended(request.remoteAddress(), reason, frames);
        }
        LOG.debug("session of {} closed: {}", request.remoteAddress(), reason.text());
        if (listener != null) {
            listener.onClosed(reason);
        }
    }
}
