// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.RefusalReason;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.EnginePacketType;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The POSTs of a polling session, one at a time. Their messages are taken as far as the session is read; a POST is answered when
 * all of its messages are taken. The session's loop only.
 */
final class PostIntake {
    private static final Logger LOG = LoggerFactory.getLogger(PostIntake.class);
    private static final HttpResponse OK =
            HttpResponse.of(200, "text/html", "ok").with("cache-control", "no-store");
    private static final HttpResponse OVERLAP = HttpResponse.of(400);
    private static final HttpResponse OVERLOADED = HttpResponse.of(503);

    private final EngineSession session;
    private final PollingTransport polling;
    private boolean reading = true;
    private @Nullable HttpExchange running;

    /** What the body of the running POST holds; null until it came. */
    private @Nullable List<EnginePacket> packets;

    /** The next of the packets to take. */
    private int next;

    /** What the packets hold in memory. */
    private int held;

    PostIntake(EngineSession session, PollingTransport polling) {
        this.session = session;
        this.polling = polling;
    }

    /** A POST begins; whether its body is to be read. */
    boolean onStarted(HttpExchange exchange) {
        HttpExchange overlapped = running;
        if (overlapped != null) {
            running = null;
            overlapped.respondAndClose(OVERLAP);
            exchange.respond(OVERLAP);
            polling.fail(DisconnectReason.TRANSPORT_ERROR);
            return false;
        }
        running = exchange;
        packets = null;
        next = 0;
        return true;
    }

    /**
     * The body of the running POST is complete.
     *
     * @param bytes whether it is {@code application/octet-stream}
     */
    void onBody(HttpExchange exchange, byte[] body, boolean bytes) {
        if (running != exchange) {
            return;
        }
        try {
            packets = polling.format().decode(body, bytes);
        } catch (ProtocolException e) {
            packets = List.of();
            polling.unreadable(bytes, body);
        }
        takeWhileReading();
        if (running == exchange && !hold(body.length)) {
            refuse(exchange);
        }
    }

    /** Notes what waits until the session is read again; false if the server holds too much for that. */
    private boolean hold(int bytes) {
        if (bytes < IncomingBudget.LEAST_COUNTED) {
            return true;
        }
        if (!session.ledger().take(bytes, 0)) {
            return false;
        }
        held = bytes;
        return true;
    }

    private void release() {
        if (held > 0) {
            session.ledger().release(held);
            held = 0;
        }
    }

    private void refuse(HttpExchange exchange) {
        running = null;
        packets = null;
        session.options().limits().refusals().count(RefusalReason.CAPACITY);
        exchange.respondAndClose(polling.forBrowser(OVERLOADED));
        polling.fail(DisconnectReason.FORCED_CLOSE);
    }

    /** Stops or resumes taking messages. */
    void reading(boolean enabled) {
        reading = enabled;
        takeWhileReading();
    }

    private void takeWhileReading() {
        List<EnginePacket> waiting = packets;
        if (waiting == null) {
            return;
        }
        while (reading && next < waiting.size()) {
            EnginePacket packet = waiting.get(next);
            next++;
            takeSafely(packet);
        }
        if (next == waiting.size()) {
            release();
        }
        HttpExchange exchange = running;
        if (exchange != null && next == waiting.size()) {
            running = null;
            packets = null;
            exchange.respond(polling.forBrowser(OK));
        }
    }

    /** A fault ends the session, and nothing else. */
    private void takeSafely(EnginePacket packet) {
        try {
            take(packet);
        } catch (RuntimeException | Error e) {
            session.options()
                    .limits()
                    .refusals()
                    .warn(
                            LOG,
                            "a message of a session of {} could not be taken",
                            session.request().remoteAddress(),
                            e);
            polling.fail(DisconnectReason.FORCED_CLOSE);
        }
    }

    private void take(EnginePacket packet) {
        if (packet.binary()) {
            session.onBinary(packet.bytes());
        } else if (packet.type() == EnginePacketType.MESSAGE || !polling.retired()) {
            takeText(packet);
        }
    }

    private void takeText(EnginePacket packet) {
        if (packet.type() == EnginePacketType.CLOSE) {
            polling.retire();
            session.onPeerClosed(DisconnectReason.TRANSPORT_CLOSE);
        } else {
            session.onPacket(packet.type(), packet.array(), packet.offset(), packet.length());
        }
    }

    /** The body of the running POST is over the limit. The session goes on. */
    void onTooLarge(HttpExchange exchange, HttpResponse response) {
        if (running == exchange) {
            running = null;
        }
        exchange.respond(response);
    }

    /** A POST whose content is not text, which only version 3 of the protocol has. */
    void onUnknownKind(HttpExchange exchange, HttpResponse response) {
        exchange.respond(response);
        polling.fail(DisconnectReason.TRANSPORT_ERROR);
    }

    /** The client went away in the middle of a POST. */
    void onAborted(HttpExchange exchange) {
        if (running == exchange) {
            running = null;
            polling.clientGone();
        }
    }
}
