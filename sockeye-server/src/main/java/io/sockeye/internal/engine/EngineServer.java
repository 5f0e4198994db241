// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.FlightRecorder;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.LimitHit;
import io.sockeye.api.RefusalReason;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.internal.outbox.Outbox;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.FirstRequest;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.WebSocketSettings;
import io.sockeye.protocol.OpenPacket;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engine.IO over HTTP and WebSocket: checks each request, opens sessions, and takes requests to the session they name. Any
 * thread; each request is handled on the loop it came on, then on the loop of its session.
 */
public final class EngineServer implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(EngineServer.class);

    /** What the reference answers to other methods on a live session. */
    private static final HttpResponse NOT_SERVED = HttpResponse.of(500);

    private final EngineOptions options;
    private final List<TimerWheel> wheels;
    private final SessionAcceptor acceptor;
    private final Supplier<String> sessionIds;
    private final EngineHooks hooks;
    private final RequestGate gate;
    private final Handshakes handshakes;
    private final @Nullable FlightRecords records;
    private final Clock clock;
    private final ConcurrentHashMap<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final OutboxCounters counters;
    private final RequestCounters requests = new RequestCounters();
    private final WebSocketSettings webSocketSettings;
    private final CountDownLatch empty = new CountDownLatch(1);
    private volatile boolean closing;

    /**
     * @param wheels one per event loop, by the loop's index
     * @param sessionIds gives a new secret id at each call
     * @param executor runs hooks, which may block
     */
    public EngineServer(
            EngineOptions options,
            EngineHooks hooks,
            List<TimerWheel> wheels,
            SessionAcceptor acceptor,
            OutboxCounters counters,
            Supplier<String> sessionIds,
            Executor executor,
            Clock clock) {
        this.options = options;
        this.webSocketSettings = new WebSocketSettings(
                options.maxPayload(), List.of(), Headers.of(), options.deflate(), counters.ledger());
        this.wheels = List.copyOf(wheels);
        this.acceptor = acceptor;
        this.counters = counters;
        this.sessionIds = sessionIds;
        this.hooks = hooks;
        this.gate = new RequestGate(
                hooks, executor, options.limits().refusals(), () -> counters.count(LimitHit.CONNECTION_ERRORS));
        this.handshakes = new Handshakes(this, gate, webSocketSettings);
        this.clock = clock;
        FlightRecorder recorder = hooks.recorder();
        this.records = recorder == null
                ? null
                : new FlightRecords(recorder, executor, clock, options.limits().refusals());
    }

    @Override
    public void handle(HttpExchange exchange) {
        if (gate.hasMiddleware()) {
            gate.pass(exchange, this::route, this::refuse);
        } else {
            route(exchange);
        }
    }

    private void route(HttpExchange exchange) {
        HttpRequest request = exchange.head();
        EngineQuery query = EngineQuery.of(request);
        TransportName transport = query.transport();
        String session = query.session();
        if (transport == null || !options.transports().contains(transport)) {
            refuse(exchange, Refusal.of(EngineError.UNKNOWN_TRANSPORT, Map.of("transport", query.transportText())));
        } else if (hasInvalidOrigin(request)) {
            String origin = Objects.requireNonNullElse(request.headers().first("origin"), "");
            refuse(exchange, Refusal.badRequest("INVALID_ORIGIN", Map.of("origin", origin)));
        } else if (session == null) {
            handshakes.handle(exchange, transport, query);
        } else {
            toSession(exchange, transport, query, session);
        }
    }

    private static boolean hasInvalidOrigin(HttpRequest request) {
        String origin = request.headers().first("origin");
        return origin != null && !origin.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f));
    }

    /** Answers a request for a new session that is not accepted. */
    void refuseHandshake(HttpExchange exchange, Refusal refusal) {
        requests.refusedHandshake(refusal.error());
        answer(exchange, refusal);
    }

    private void refuse(HttpExchange exchange, Refusal refusal) {
        requests.refusedRequest(refusal.error());
        answer(exchange, refusal);
    }

    private void answer(HttpExchange exchange, Refusal refusal) {
        HttpRequest request = exchange.head();
        EngineError error = refusal.error();
        options.limits().refusals().log(LOG, "refused {} from {}: {}", request, request.remoteAddress(), error);
        if (exchange.asksForWebSocket()) {
            exchange.respondAndClose(error.webSocketAnswer(refusal.told()));
        } else {
            exchange.respond(error.pollingAnswer(refusal.told()));
        }
        gate.tell(request, refusal);
    }

    // A new session

    String newId() {
        return sessionIds.get();
    }

    boolean has(String sessionId) {
        return sessions.containsKey(sessionId);
    }

    /** Whether no new sessions are taken any more. */
    boolean closing() {
        return closing;
    }

    /** A session that is not public yet. */
    EngineSession newSession(
            String id,
            HttpRequest request,
            EngineVersion version,
            Loop loop,
            Function<EngineSession, Transport> transport) {
        return new EngineSession(id, version, FirstRequest.of(request, clock.instant()), loop, this, transport);
    }

    /**
     * Makes a session public and starts it, on its loop.
     *
     * @param request the one that asked for it
     */
    void open(EngineSession session, HttpRequest request) {
        if (!enter(session, request)) {
            session.fail(DisconnectReason.FORCED_CLOSE);
            return;
        }
        if (sessions.putIfAbsent(session.id(), session) != null) {
            leave(session);
            options.limits().refusals().warn(LOG, "a session is closed: its id was given twice at the same time");
            session.fail(DisconnectReason.FORCED_CLOSE);
            return;
        }
        requests.accepted();
        boolean upgradable = options.allowUpgrades()
                && session.transportName() == TransportName.POLLING
                && options.transports().contains(TransportName.WEBSOCKET);
        OpenPacket open = new OpenPacket(
                session.id(),
                upgradable ? List.of(TransportName.WEBSOCKET.text()) : List.of(),
                Duration.ofMillis(options.pingInterval()),
                Duration.ofMillis(options.pingTimeout()),
                options.maxPayload());
        LOG.debug(
                "session opened for {} over {}",
                session.request().remoteAddress(),
                session.transportName().text());
        session.open(open.encode(), hooks.initialPacket(), acceptor);
        if (closing) {
            // The shut-down may have looked at the sessions before this one was there.
            session.close(DisconnectReason.SERVER_SHUTTING_DOWN);
        }
    }

    /** Counts a session, or marks it as one that is only told that it is one too many. False if that cannot be either. */
    private boolean enter(EngineSession session, HttpRequest request) {
        ConnectionLimits limits = options.limits();
        String address = request.remoteAddress();
        RefusalReason reason = limits.enter(address);
        if (reason == null) {
            return true;
        }
        session.turnAway(reason);
        limits.refusals().log(LOG, "turns away a client from {}: {}", address, reason.label());
        gate.tell(request, Refusal.tooMany(reason));
        return limits.turnAway();
    }

    private void leave(EngineSession session) {
        if (session.turnedAway() == null) {
            options.limits().leave(session.request().remoteAddress());
        } else {
            options.limits().turnedAwayLeft();
        }
    }

    // A known session

    private void toSession(HttpExchange exchange, TransportName transport, EngineQuery query, String id) {
        EngineSession session = sessions.get(id);
        if (session == null) {
            refuse(exchange, Refusal.of(EngineError.UNKNOWN_SESSION, Map.of("sid", id)));
            return;
        }
        Refusal refusal = refusal(exchange, transport, query, session);
        if (refusal != null) {
            refuse(exchange, refusal);
            return;
        }
        HttpExchange answered = gate.answered(exchange);
        if (exchange.asksForWebSocket()) {
            toUpgrade(answered, transport, query, session);
        } else if (transport == TransportName.POLLING && session.transport() instanceof PollingTransport polling) {
            switch (exchange.head().method()) {
                case "GET" -> polling.take(answered);
                case "POST" -> new Post(answered, session.loop(), polling).start(options.maxPayload());
                default -> exchange.respond(NOT_SERVED);
            }
        } else {
            refuse(exchange, Refusal.badRequest("TRANSPORT_HANDSHAKE_ERROR", Map.of()));
        }
    }

    private static @Nullable Refusal refusal(
            HttpExchange exchange, TransportName transport, EngineQuery query, EngineSession session) {
        TransportName current = session.transportName();
        if (!exchange.asksForWebSocket() && transport != current) {
            return Refusal.badRequest(
                    "TRANSPORT_MISMATCH", Map.of("transport", transport.text(), "previousTransport", current.text()));
        }
        if (query.version() != session.version()) {
            return Refusal.badRequest(
                    "PROTOCOL_MISMATCH",
                    Map.of(
                            "protocol",
                            query.protocol(),
                            "previousProtocol",
                            session.version().number()));
        }
        return null;
    }

    private void toUpgrade(HttpExchange exchange, TransportName transport, EngineQuery query, EngineSession session) {
        if (transport == TransportName.WEBSOCKET && session.transport() instanceof PollingTransport polling) {
            exchange.upgrade(session.loop(), webSocketSettings, new Upgrade(session, polling, query.base64()));
        } else {
            exchange.upgrade(exchange.loop(), webSocketSettings, DiscardedWebSocket.INSTANCE);
        }
    }

    // What sessions need

    EngineOptions options() {
        return options;
    }

    TimerWheel wheel(Loop loop) {
        return wheels.get(loop.index());
    }

    void remove(EngineSession session) {
        if (sessions.remove(session.id(), session)) {
            leave(session);
        }
        completeWhenEmpty();
    }

    /** What shows the last frames of sessions, or null if none are kept. */
    @Nullable
    FlightRecords records() {
        return records;
    }

    /** For the frames of a new session, or null if they are not recorded. */
    @Nullable
    FrameRing newRing() {
        return records == null ? null : records.newRing();
    }

    OutboxCounters counters() {
        return counters;
    }

    /** How requests for sessions ended. */
    public RequestCounters requests() {
        return requests;
    }

    /** The sessions that are open or closing. A live view. */
    public Collection<EngineSession> sessions() {
        return sessions.values();
    }

    /** What waits for the sessions of a loop. That loop only. */
    public Stream<Outbox> outboxesOn(Loop loop) {
        return sessions.values().stream()
                .filter(session -> session.loop() == loop)
                .map(EngineSession::outbox);
    }

    /** Refuses new sessions from now on; those there are go on. */
    public void takeNoMore() {
        closing = true;
    }

    /**
     * Refuses new sessions from now on and closes those there are, in a way that makes clients come back. What waits for them
     * still leaves, see {@link #awaitEmpty}.
     */
    public void shutDown() {
        takeNoMore();
        sessions.values().forEach(session -> session.close(DisconnectReason.SERVER_SHUTTING_DOWN));
        completeWhenEmpty();
    }

    /** Waits until no session is left after a shut-down; false if some are at the end of the time-out. */
    public boolean awaitEmpty(long timeoutMillis) throws InterruptedException {
        return empty.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private void completeWhenEmpty() {
        if (closing && sessions.isEmpty()) {
            empty.countDown();
        }
    }
}
