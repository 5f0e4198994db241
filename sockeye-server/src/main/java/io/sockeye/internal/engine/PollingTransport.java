// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.EnginePacketType;
import io.sockeye.protocol.EnginePayload;
import io.sockeye.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP long-polling: one parked GET takes what the server sends, POSTs bring what the client sends. The session's loop only;
 * the requests may have come on other loops.
 */
final class PollingTransport implements Transport {
    private static final EncodedPacket NOOP = EncodedPacket.control(EnginePacketType.NOOP, "");
    private static final EncodedPacket CLOSE = EncodedPacket.control(EnginePacketType.CLOSE, "");
    private static final HttpResponse OK =
            HttpResponse.of(200, "text/html", "ok").with("cache-control", "no-store");
    private static final HttpResponse OVERLAP = HttpResponse.of(400);

    private final EngineSession session;

    /** What goes into the answer of the parked GET at the end of the turn. */
    private final List<EncodedPacket> batch = new ArrayList<>(2);

    private int batchBytes;
    private boolean answerScheduled;
    private boolean closed;
    private boolean retired;
    private boolean reading = true;
    private @Nullable HttpExchange parked;
    private @Nullable HttpExchange post;

    /** A POST whose messages were taken while reading is off: its answer waits. */
    private boolean postTaken;

    PollingTransport(EngineSession session) {
        this.session = session;
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    // GET

    /** A poll came. */
    void onPoll(HttpExchange exchange) {
        if (parked != null) {
            exchange.respond(OVERLAP);
            session.fail(DisconnectReason.TRANSPORT_ERROR);
            return;
        }
        parked = exchange;
        if (closed && !retired) {
            batch.add(NOOP);
            batch.add(CLOSE);
            answer();
            session.end();
            return;
        }
        if (!retired) {
            session.drain();
        }
        if (retired || session.upgrading()) {
            answerAtOnce();
        }
    }

    /** The client of a poll went away before the answer. */
    void onPollAborted(HttpExchange exchange) {
        if (parked == exchange) {
            parked = null;
            session.onPeerClosed(DisconnectReason.TRANSPORT_ERROR);
        }
    }

    @Override
    public boolean accepts(EncodedPacket packet) {
        if (parked == null || closed) {
            return false;
        }
        return batch.isEmpty()
                || batchBytes + 1 + EnginePayload.size(packet)
                        <= session.options().maxPayload();
    }

    @Override
    public void write(EncodedPacket packet, boolean shared) {
        batchBytes += EnginePayload.size(packet) + (batch.isEmpty() ? 0 : 1);
        batch.add(packet);
        if (!answerScheduled) {
            answerScheduled = true;
            session.loop().atEndOfTurn(this::answerBatch);
        }
    }

    private void answerBatch() {
        answerScheduled = false;
        if (!batch.isEmpty()) {
            answer();
        }
    }

    /** Answers the parked GET with what there is, or with a packet that means nothing. */
    void answerAtOnce() {
        if (parked != null) {
            if (batch.isEmpty()) {
                batch.add(NOOP);
            }
            answer();
        }
    }

    private void answer() {
        HttpExchange exchange = parked;
        if (exchange == null) {
            return;
        }
        parked = null;
        byte[] payload = EnginePayload.encode(batch);
        batch.clear();
        batchBytes = 0;
        exchange.respond(
                HttpResponse.of(200, "text/plain; charset=UTF-8", payload).with("cache-control", "no-store"));
    }

    // POST

    /** A POST begins; whether its body is to be read. */
    boolean onPostStarted(HttpExchange exchange) {
        HttpExchange running = post;
        if (running != null) {
            post = null;
            running.respondAndClose(OVERLAP);
            exchange.respond(OVERLAP);
            session.fail(DisconnectReason.TRANSPORT_ERROR);
            return false;
        }
        post = exchange;
        postTaken = false;
        return true;
    }

    /** The body of the running POST is complete. */
    void onPostBody(HttpExchange exchange, byte[] body) {
        if (post != exchange) {
            return;
        }
        try {
            for (EnginePacket packet : EnginePayload.decode(body)) {
                take(packet);
            }
        } catch (ProtocolException e) {
            session.fail(DisconnectReason.PARSE_ERROR);
        }
        postTaken = true;
        answerPost();
    }

    private void take(EnginePacket packet) {
        if (packet.binary()) {
            session.onBinary(packet.bytes());
        } else if (packet.type() == EnginePacketType.CLOSE) {
            retire();
            session.onPeerClosed(DisconnectReason.TRANSPORT_CLOSE);
        } else {
            session.onPacket(packet.type(), packet.array(), packet.offset(), packet.length());
        }
    }

    /** The body of the running POST is over the limit. The session goes on. */
    void onPostTooLarge(HttpExchange exchange, HttpResponse response) {
        if (post == exchange) {
            post = null;
        }
        exchange.respond(response);
    }

    /** A POST whose content is not text, which only earlier versions of the protocol had. */
    void onPostOfUnknownKind(HttpExchange exchange, HttpResponse response) {
        exchange.respond(response);
        session.fail(DisconnectReason.TRANSPORT_ERROR);
    }

    /** The client went away in the middle of a POST. */
    void onPostAborted(HttpExchange exchange) {
        if (post == exchange) {
            post = null;
            session.onPeerClosed(DisconnectReason.TRANSPORT_ERROR);
        }
    }

    private void answerPost() {
        HttpExchange exchange = post;
        if (exchange != null && postTaken && reading) {
            post = null;
            exchange.respond(OK);
        }
    }

    @Override
    public void reading(boolean enabled) {
        reading = enabled;
        answerPost();
    }

    // End

    /** A WebSocket has taken over, or the client closed. Polls that still come mean nothing; a POST under way is taken. */
    void retire() {
        answerAtOnce();
        retired = true;
        reading(true);
    }

    /**
     * Ends a poll that waits with a close packet. One that takes messages along leaves the close packet to the next: clients
     * take a close packet before the messages that they got together with it.
     */
    @Override
    public void close() {
        closed = true;
        reading(true);
        if (parked != null) {
            boolean last = batch.isEmpty();
            if (last) {
                batch.add(CLOSE);
            }
            answer();
            if (last) {
                session.end();
            }
        }
    }
}
