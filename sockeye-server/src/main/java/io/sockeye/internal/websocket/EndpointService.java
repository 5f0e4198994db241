// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.websocket;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.LimitHit;
import io.sockeye.api.RateLimits;
import io.sockeye.api.RefusalReason;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.guard.OriginGuard;
import io.sockeye.internal.outbox.Outbox;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.internal.transport.Drainable;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.Refusals;
import io.sockeye.internal.transport.WebSocketSettings;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the WebSockets of one path. Any thread. */
public final class EndpointService implements HttpService {
    /** How requests for a connection end. */
    public static final List<String> RESULTS =
            List.of("accepted", "forbidden", "rate_limited", "too_many", "shutting_down");

    private static final Logger LOG = LoggerFactory.getLogger(EndpointService.class);
    private static final HttpResponse UPGRADE_REQUIRED = HttpResponse.of(
                    426, "text/plain; charset=utf-8", "This address speaks WebSocket only")
            .with("upgrade", "websocket", "sec-websocket-version", "13");
    private static final HttpResponse FORBIDDEN =
            HttpResponse.of(403, "text/plain; charset=utf-8", "Origin not allowed");

    private static final HttpResponse OVERLOADED =
            HttpResponse.of(503, "text/plain; charset=utf-8", ConnectionLimits.message(RefusalReason.CAPACITY));

    private static final HttpResponse TOO_MANY = HttpResponse.of(429, "text/plain; charset=utf-8", RateLimits.MESSAGE);

    private static final HttpResponse GOING = HttpResponse.of(
                    503, "text/plain; charset=utf-8", "The server is going away")
            .with("retry-after", "1");

    private final EndpointImpl endpoint;
    private final EndpointSettings settings;
    private final Set<EndpointConnection> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch empty = new CountDownLatch(1);
    private final List<LongAdder> results =
            RESULTS.stream().map(result -> new LongAdder()).toList();
    private volatile boolean closing;

    public EndpointService(EndpointImpl endpoint, EndpointSettings settings) {
        this.endpoint = endpoint;
        this.settings = settings;
    }

    @Override
    public void handle(HttpExchange exchange) {
        if (!exchange.asksForWebSocket()) {
            exchange.respond(UPGRADE_REQUIRED);
        } else if (closing) {
            count("shutting_down");
            exchange.respondAndClose(GOING);
        } else if (!OriginGuard.allows(exchange.head(), settings.cors())) {
            count("forbidden");
            refuse(exchange, RefusalReason.ORIGIN, FORBIDDEN);
        } else if (settings.counters().ledger().isFull()) {
            count("too_many");
            settings.counters().count(LimitHit.OVERLOADED);
            exchange.respondAndClose(OVERLOADED);
        } else if (!settings.rates().admitsHandshake(exchange.head().remoteAddress())) {
            count("rate_limited");
            exchange.respondAndClose(TOO_MANY);
        } else {
            open(exchange);
        }
    }

    private void open(HttpExchange exchange) {
        RefusalReason tooMany = settings.limits().refusal(exchange.head().remoteAddress());
        if (tooMany != null) {
            String message = ConnectionLimits.message(tooMany);
            count("too_many");
            refuse(exchange, tooMany, HttpResponse.of(503, "text/plain; charset=utf-8", message));
        } else {
            WebSocketSettings webSocket = new WebSocketSettings(
                    settings.maxMessageBytes(),
                    endpoint.subprotocols(),
                    Headers.of(),
                    settings.deflate(),
                    settings.counters().ledger());
            exchange.upgrade(exchange.loop(), webSocket, new EndpointConnection(exchange.head(), endpoint, this));
        }
    }

    private void refuse(HttpExchange exchange, RefusalReason reason, HttpResponse answer) {
        Refusals refusals = settings.limits().refusals();
        refusals.count(reason);
        refusals.log(
                LOG, "refused {} from {}: {}", exchange.head(), exchange.head().remoteAddress(), reason.label());
        exchange.respondAndClose(answer);
    }

    private void count(String result) {
        results.get(RESULTS.indexOf(result)).increment();
    }

    /** No handler can be set any more. */
    public void freeze() {
        endpoint.freeze();
    }

    EndpointSettings settings() {
        return settings;
    }

    /**
     * Counts a connection that opens.
     *
     * @return why there is no room for it, or null
     */
    @Nullable
    RefusalReason opened(EndpointConnection connection) {
        RefusalReason reason = settings.limits().enter(connection.request().remoteAddress());
        if (reason != null) {
            return reason;
        }
        connections.add(connection);
        count("accepted");
        if (closing) {
            connection.close(CloseCodes.GOING_AWAY, "");
        }
        return null;
    }

    /** A connection has ended, and its handlers were told. */
    void closed(EndpointConnection connection) {
        if (connections.remove(connection)) {
            settings.limits().leave(connection.request().remoteAddress());
        }
        completeWhenEmpty();
    }

    /** Requests for a connection that ended so, which is one of {@link #RESULTS}. */
    public long handshakes(String result) {
        return results.get(RESULTS.indexOf(result)).sum();
    }

    /** How many connections are open. */
    public int size() {
        return connections.size();
    }

    /** What waits for the connections of a loop. That loop only. */
    public Stream<Outbox> outboxesOn(Loop loop) {
        return connections.stream()
                .filter(connection -> connection.loop() == loop)
                .map(EndpointConnection::outbox);
    }

    /** The connections that are open. A live view. */
    public Collection<? extends Drainable> connections() {
        return connections;
    }

    /** Takes no more clients; those there are stay. */
    public void takeNoMore() {
        closing = true;
    }

    /** Takes no more clients and tells those there are that the server is going away, see {@link #awaitEmpty}. */
    public void shutDown() {
        takeNoMore();
        connections.forEach(connection -> connection.close(CloseCodes.GOING_AWAY, ""));
        completeWhenEmpty();
    }

    /** Waits until no connection is left after a shut-down; false if some are at the end of the time-out. */
    public boolean awaitEmpty(long timeoutMillis) throws InterruptedException {
        return empty.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private void completeWhenEmpty() {
        if (closing && connections.isEmpty()) {
            empty.countDown();
        }
    }
}
