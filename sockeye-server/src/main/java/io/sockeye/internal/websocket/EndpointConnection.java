// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.websocket;

import io.sockeye.api.HttpRequest;
import io.sockeye.api.LimitHit;
import io.sockeye.api.RateLimits;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.SendResult;
import io.sockeye.api.WebSocket;
import io.sockeye.api.WebSocketEndpoint.MessageHandler;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.limits.ConnectionRates;
import io.sockeye.internal.limits.RateGuard;
import io.sockeye.internal.outbox.Outbox;
import io.sockeye.internal.outbox.OutboxBounds;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.outbox.OutboxOwner;
import io.sockeye.internal.timing.Timed;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.internal.transport.Drainable;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopCounters.Count;
import io.sockeye.internal.transport.Refusals;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.protocol.EncodedPacket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of an endpoint. The methods of the API: any thread. Those of the listener: the connection's loop only. */
final class EndpointConnection extends Timed implements WebSocket, WebSocketListener, OutboxOwner, Drainable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointConnection.class);
    private static final int MAX_REASON_BYTES = 123;
    private static final long LINGER_MILLIS = 30_000;

    private final String id;
    private final HttpRequest request;
    private final EndpointImpl endpoint;
    private final EndpointService service;

    /** Null if the handlers run on the loop. */
    private final @Nullable SerialQueue mailbox;

    private final Outbox outbox = new Outbox(this);

    /** Set on the loop before any handler runs, then constant. */
    private volatile @Nullable WebSocketChannel channel;

    /** Written on the loop. */
    private volatile boolean open;

    /** Whether somebody has closed the connection; what was sent before may still be on its way to the loop. */
    private volatile boolean closeAsked;

    /** Whether the connection was let in, and is to be forgotten. Loop only. */
    private boolean counted;

    /** How to close once all that waits has left; null while nothing of the kind is due. Loop only. */
    private @Nullable Closing closing;

    /* The heartbeat, as far as the endpoint has one. Loop only, in nanoseconds. */
    private boolean pinged;
    private long beatAt;
    private long lastMessage;

    /** Null until a message is limited. Loop only. */
    private @Nullable ConnectionRates rates;

    private record Closing(int code, String reason) {}

    EndpointConnection(HttpRequest request, EndpointImpl endpoint, EndpointService service) {
        EndpointSettings settings = service.settings();
        this.id = settings.ids().get();
        this.request = request;
        this.endpoint = endpoint;
        this.service = service;
        this.mailbox = endpoint.onLoop()
                ? null
                : new SerialQueue(
                        settings.executor(),
                        settings.mailbox(),
                        welcome -> loop().run(() -> channel().reading(welcome)));
    }

    private WebSocketChannel channel() {
        return Objects.requireNonNull(channel, "used before it was open");
    }

    // API

    @Override
    public String id() {
        return id;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public String subprotocol() {
        return channel().subprotocol();
    }

    @Override
    public SendResult send(String text) {
        return send(EncodedPacket.text(text.getBytes(StandardCharsets.UTF_8), List.of()));
    }

    @Override
    public SendResult send(byte[] data) {
        return send(EncodedPacket.binary(data));
    }

    private SendResult send(EncodedPacket packet) {
        return closeAsked ? SendResult.CLOSED : outbox.send(packet, false);
    }

    @Override
    public void close() {
        close(CloseCodes.NORMAL, "");
    }

    @Override
    public void close(int code, String reason) {
        requireSendable(code);
        if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            throw new IllegalArgumentException(
                    "a close reason takes at most " + MAX_REASON_BYTES + " bytes of UTF-8, got more");
        }
        closeAsked = true;
        loop().run(() -> closeOnLoop(code, reason));
    }

    private static void requireSendable(int code) {
        if (!CloseCodes.maySend(code) || code == CloseCodes.PROTOCOL_ERROR) {
            throw new IllegalArgumentException(
                    "close code " + code + " may not be sent; use 1000, 1001, 1003, 1007 to 1014 or 3000 to 4999");
        }
    }

    private void closeOnLoop(int code, String reason) {
        if (open) {
            open = false;
            closing = new Closing(code, reason);
            drain();
            if (closing != null) {
                loop().schedule(this::sendClose, LINGER_MILLIS);
            }
        }
    }

    /** Hands what waits to the channel, and closes behind it. */
    private void drain() {
        if (outbox.drain()) {
            sendClose();
        }
    }

    private void sendClose() {
        Closing last = closing;
        if (last != null) {
            closing = null;
            channel().close(last.code(), last.reason());
        }
    }

    // Listener

    @Override
    public void onOpen(WebSocketChannel opened) {
        channel = opened;
        open = true;
        RefusalReason tooMany = service.opened(this);
        if (tooMany != null) {
            open = false;
            opened.close(CloseCodes.TRY_AGAIN_LATER, ConnectionLimits.message(tooMany));
            return;
        }
        counted = true;
        startHeartbeat();
        run(() -> endpoint.open().handle(this), 0);
    }

    @Override
    public void onText(byte[] utf8) {
        count(Count.MESSAGES_IN, Count.MESSAGE_BYTES_IN, utf8.length);
        messageCame();
        if (admits(utf8.length)) {
            run(() -> endpoint.text().handle(this, new String(utf8, StandardCharsets.UTF_8)), utf8.length);
        }
    }

    @Override
    public void onBinary(byte[] data) {
        count(Count.MESSAGES_IN, Count.MESSAGE_BYTES_IN, data.length);
        messageCame();
        if (admits(data.length)) {
            run(() -> endpoint.binary().handle(this, data), data.length);
        }
    }

    /** Whether a message may be handled. If not it has been counted. */
    private boolean admits(int bytes) {
        RateGuard guard = service.settings().rates();
        if (!guard.limitsMessages()) {
            return true;
        }
        if (rates == null) {
            rates = new ConnectionRates(guard, request.remoteAddress());
        }
        LimitHit hit = rates.message(null, bytes);
        if (hit == null) {
            return true;
        }
        guard.counters().count(hit);
        if (open && !rates.strike()) {
            refusals().log(LOG, "connection {} of {} is closed: it exceeded limits too often", id, request);
            close(CloseCodes.POLICY, RateLimits.MESSAGE);
        }
        return false;
    }

    @Override
    public void onWritable() {
        drain();
    }

    @Override
    public void onClosed(int code, String reason) {
        open = false;
        closing = null;
        outbox.clear();
        if (!counted) {
            return;
        }
        wheel().cancel(this);
        if (code == CloseCodes.BROKEN) {
            run(() -> report(new IOException("the connection broke")), 0);
        }
        run(() -> endpoint.close().handle(this, code, reason), 0);
        service.closed(this);
    }

    // Heartbeat

    private TimerWheel wheel() {
        return service.settings().wheels().get(loop().index());
    }

    private void messageCame() {
        if (endpoint.heartbeat().idle() < HeartbeatTimes.NEVER) {
            lastMessage = System.nanoTime();
        }
    }

    private void startHeartbeat() {
        if (!endpoint.heartbeat().none()) {
            lastMessage = System.nanoTime();
            beatAt = lastMessage + nanos(endpoint.heartbeat().interval());
            awaitDeadline(lastMessage);
        }
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void awaitDeadline(long now) {
        long idleAt = lastMessage + nanos(endpoint.heartbeat().idle());
        long next = Math.min(beatAt - now, idleAt - now);
        wheel().schedule(this, Math.max(1, TimeUnit.NANOSECONDS.toMillis(next)));
    }

    @Override
    protected void onDeadline() {
        long now = System.nanoTime();
        HeartbeatTimes times = endpoint.heartbeat();
        if (!open) {
            return;
        }
        if (now - lastMessage >= nanos(times.idle())) {
            close(CloseCodes.GOING_AWAY, "Idle");
        } else if (now - beatAt >= 0 && !beat(times, now)) {
            LOG.debug("connection {} of {} is cut: it answered no ping", id, request);
            channel().abort();
        } else {
            awaitDeadline(now);
        }
    }

    /** Pings, or looks whether anything came since. False if nothing did. */
    private boolean beat(HeartbeatTimes times, long now) {
        boolean heard = channel().heard();
        if (pinged && !heard) {
            return false;
        }
        if (pinged) {
            beatAt = now + nanos(Math.max(1, times.interval() - times.timeout()));
        } else {
            channel().ping();
            beatAt = now + nanos(times.timeout());
        }
        pinged = !pinged;
        return true;
    }

    /** A call of user code. */
    @FunctionalInterface
    private interface UserCode {
        void run() throws Exception;
    }

    private void run(UserCode code, int bytes) {
        if (mailbox == null) {
            runContained(code);
        } else {
            mailbox.offer(() -> runContained(code), bytes);
        }
    }

    private void runContained(UserCode code) {
        try {
            code.run();
        } catch (Throwable e) {
            report(e);
        }
    }

    private void report(Throwable failure) {
        MessageHandler<Throwable> handler = endpoint.error();
        try {
            if (handler != null) {
                handler.handle(this, failure);
            } else if (failure instanceof IOException) {
                LOG.debug("connection {} of {} broke", id, request);
            } else {
                refusals().warn(LOG, "a handler of {} failed for connection {}", request, id, failure);
            }
        } catch (Exception e) {
            refusals().warn(LOG, "the error handler of {} failed for connection {}", request, id, e);
        }
    }

    // Draining

    @Override
    public boolean busy() {
        return mailbox != null && !mailbox.idle();
    }

    @Override
    public void goAway() {
        close(CloseCodes.GOING_AWAY, "");
    }

    // Outbox

    /** What waits for the client. */
    Outbox outbox() {
        return outbox;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Loop loop() {
        return channel().loop();
    }

    @Override
    public OutboxBounds outboxBounds() {
        return service.settings().outbox();
    }

    @Override
    public OutboxCounters outboxCounters() {
        return service.settings().counters();
    }

    @Override
    public boolean accepts(EncodedPacket packet) {
        return channel().writable();
    }

    @Override
    public void write(EncodedPacket packet, boolean shared) {
        count(Count.MESSAGES_OUT, Count.MESSAGE_BYTES_OUT, packet.bytes());
        channel().write(packet, shared);
    }

    private Refusals refusals() {
        return service.settings().limits().refusals();
    }

    private void count(Count messages, Count bytes, long size) {
        loop().counters().add(messages, 1);
        loop().counters().add(bytes, size);
    }

    @Override
    public void endSlowConsumer() {
        refusals().warn(LOG, "connection {} of {} is closed: too much waited for it", id, request);
        open = false;
        outbox.clear();
        channel().close(CloseCodes.TRY_AGAIN_LATER, "Too slow");
    }
}
