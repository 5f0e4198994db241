// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.FirstRequest;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.EnginePacketType;
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
    private static final HttpResponse OVERLAP = HttpResponse.of(400);

    private final EngineSession session;
    private final PollingFormat format;
    private final PostIntake posts;

    /** What goes into the answer of the parked GET at the end of the turn. */
    private final List<EncodedPacket> batch = new ArrayList<>(2);

    private int batchBytes;
    private boolean answerScheduled;
    private final boolean internetExplorer;
    private boolean closed;
    private boolean retired;
    private @Nullable HttpExchange parked;

    PollingTransport(EngineSession session, PollingFormat format) {
        this.session = session;
        this.format = format;
        this.internetExplorer = isInternetExplorer(session.request());
        this.posts = new PostIntake(session, this);
    }

    private static boolean isInternetExplorer(FirstRequest request) {
        String agent = request.headers().first("user-agent");
        return agent != null && (agent.contains(";MSIE") || agent.contains("Trident/"));
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    PollingFormat format() {
        return format;
    }

    /** The answer with what the client's browser needs: that of Internet Explorer takes some for an attack otherwise. */
    HttpResponse forBrowser(HttpResponse answer) {
        return internetExplorer ? answer.with("x-xss-protection", "0") : answer;
    }

    // GET

    /** Takes a poll from the loop of its connection. */
    void take(HttpExchange exchange) {
        exchange.onAborted(() -> session.loop().run(() -> onPollAborted(exchange)));
        session.loop().run(() -> onPoll(exchange));
    }

    /** A poll came. */
    void onPoll(HttpExchange exchange) {
        if (parked != null) {
            exchange.respond(OVERLAP);
            fail(DisconnectReason.TRANSPORT_ERROR);
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
        }
        // If it was answered meanwhile, the answer was on its way from another loop, and is lost.
        clientGone();
    }

    @Override
    public boolean accepts(EncodedPacket packet) {
        if (parked == null || closed) {
            return false;
        }
        return batch.isEmpty()
                || batchBytes + format.size(packet, false) <= session.options().maxPayload();
    }

    @Override
    public boolean looksReady() {
        return parked != null && !closed;
    }

    @Override
    public void write(EncodedPacket packet, boolean shared) {
        batchBytes += format.size(packet, batch.isEmpty());
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
        boolean compressible = PollCompression.allows(batch);
        HttpResponse answer = forBrowser(format.answer(batch));
        batch.clear();
        batchBytes = 0;
        session.options().compression().respond(exchange, answer, compressible);
    }

    // POST

    /** What takes the POSTs. */
    PostIntake posts() {
        return posts;
    }

    @Override
    public void reading(boolean enabled) {
        posts.reading(enabled);
    }

    // End

    /** The client broke the rules of polling: its session ends, unless that has gone on to a WebSocket. */
    void fail(DisconnectReason reason) {
        if (!retired) {
            session.fail(reason);
        }
    }

    /** The body of a POST is not what it should be. */
    void unreadable(boolean binary, byte[] body) {
        if (!retired) {
            session.onUnreadable(binary, body);
        }
    }

    /** A request of the client broke off: its session ends, unless that has gone on to a WebSocket. */
    void clientGone() {
        if (!retired) {
            session.onPeerClosed(DisconnectReason.TRANSPORT_ERROR);
        }
    }

    boolean retired() {
        return retired;
    }

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
