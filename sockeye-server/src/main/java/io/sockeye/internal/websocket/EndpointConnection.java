// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.websocket;

import io.sockeye.api.HttpRequest;
import io.sockeye.api.SendResult;
import io.sockeye.api.WebSocket;
import io.sockeye.api.WebSocketEndpoint.MessageHandler;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.outbox.Outbox;
import io.sockeye.internal.outbox.OutboxBounds;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.outbox.OutboxOwner;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.internal.transport.Drainable;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopCounters.Count;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.protocol.EncodedPacket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of an endpoint. The methods of the API: any thread. Those of the listener: the connection's loop only. */
final class EndpointConnection implements WebSocket, WebSocketListener, OutboxOwner, Drainable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointConnection.class);
    private static final int MAX_REASON_BYTES = 123;
    private static final long LINGER_MILLIS = 30_000;

    private final String id;
    private final HttpRequest request;
    private final EndpointImpl endpoint;
    private final EndpointService service;
    private final SerialQueue mailbox;
    private final Outbox outbox = new Outbox(this);

    /** Set on the loop before any handler runs, then constant. */
    private volatile @Nullable WebSocketChannel channel;

    /** Written on the loop. */
    private volatile boolean open;

    /** Whether somebody has closed the connection; what was sent before may still be on its way to the loop. */
    private volatile boolean closeAsked;

    /** How to close once all that waits has left; null while nothing of the kind is due. Loop only. */
    private @Nullable Closing closing;

    private record Closing(int code, String reason) {}

    EndpointConnection(HttpRequest request, EndpointImpl endpoint, EndpointService service) {
        EndpointSettings settings = service.settings();
        this.id = settings.ids().get();
        this.request = request;
        this.endpoint = endpoint;
        this.service = service;
        this.mailbox = new SerialQueue(
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
        service.opened(this);
        run(() -> endpoint.open().handle(this), 0);
    }

    @Override
    public void onText(byte[] utf8) {
        count(Count.MESSAGES_IN, Count.MESSAGE_BYTES_IN, utf8.length);
        run(() -> endpoint.text().handle(this, new String(utf8, StandardCharsets.UTF_8)), utf8.length);
    }

    @Override
    public void onBinary(byte[] data) {
        count(Count.MESSAGES_IN, Count.MESSAGE_BYTES_IN, data.length);
        run(() -> endpoint.binary().handle(this, data), data.length);
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
        if (code == CloseCodes.BROKEN) {
            run(() -> report(new IOException("the connection broke")), 0);
        }
        run(() -> endpoint.close().handle(this, code, reason), 0);
        service.closed(this);
    }

    /** A call of user code. */
    @FunctionalInterface
    private interface UserCode {
        void run() throws Exception;
    }

    private void run(UserCode code, int bytes) {
        Runnable contained = () -> {
            try {
                code.run();
            } catch (Throwable e) {
                report(e);
            }
        };
        mailbox.offer(contained, bytes);
    }

    private void report(Throwable failure) {
        MessageHandler<Throwable> handler = endpoint.error();
        try {
            if (handler != null) {
                handler.handle(this, failure);
            } else if (failure instanceof IOException) {
                LOG.debug("connection {} of {} broke", id, request);
            } else {
                LOG.warn("a handler of {} failed for connection {}", request, id, failure);
            }
        } catch (Exception e) {
            LOG.warn("the error handler of {} failed for connection {}", request, id, e);
        }
    }

    // Draining

    @Override
    public boolean busy() {
        return !mailbox.idle();
    }

    @Override
    public void goAway() {
        close(CloseCodes.GOING_AWAY, "");
    }

    // Outbox

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

    private void count(Count messages, Count bytes, long size) {
        loop().counters().add(messages, 1);
        loop().counters().add(bytes, size);
    }

    @Override
    public void endSlowConsumer() {
        LOG.warn("connection {} of {} is closed: too much waited for it", id, request);
        open = false;
        outbox.clear();
        channel().close(CloseCodes.TRY_AGAIN_LATER, "Too slow");
    }
}
