// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;
import io.sockeye.guard.OriginGuard;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.WebSocketSettings;
import io.sockeye.protocol.OpenPacket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final Clock clock;
    private final ConcurrentHashMap<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final OutboxCounters counters;
    private final WebSocketSettings webSocketSettings;
    private final CountDownLatch empty = new CountDownLatch(1);
    private volatile boolean closing;

    /**
     * @param wheels one per event loop, by the loop's index
     * @param sessionIds gives a new secret id at each call
     */
    public EngineServer(
            EngineOptions options,
            List<TimerWheel> wheels,
            SessionAcceptor acceptor,
            OutboxCounters counters,
            Supplier<String> sessionIds,
            Clock clock) {
        this.options = options;
        this.webSocketSettings = new WebSocketSettings(options.maxPayload(), List.of(), Headers.of());
        this.wheels = List.copyOf(wheels);
        this.acceptor = acceptor;
        this.counters = counters;
        this.sessionIds = sessionIds;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) {
        HttpRequest request = exchange.head();
        EngineQuery query = EngineQuery.of(request);
        TransportName transport = query.transport();
        String session = query.session();
        if (transport == null || !options.transports().contains(transport)) {
            refuse(exchange, EngineError.UNKNOWN_TRANSPORT);
        } else if (hasInvalidOrigin(request)) {
            refuse(exchange, EngineError.BAD_REQUEST);
        } else if (session == null) {
            handshake(exchange, transport, query);
        } else {
            toSession(exchange, transport, query, sessions.get(session));
        }
    }

    private static boolean hasInvalidOrigin(HttpRequest request) {
        String origin = request.headers().first("origin");
        return origin != null && !origin.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f));
    }

    private static void refuse(HttpExchange exchange, EngineError error) {
        LOG.info("refused {} from {}: {}", exchange.head(), exchange.head().remoteAddress(), error);
        if (exchange.asksForWebSocket()) {
            exchange.respondAndClose(error.webSocketAnswer());
        } else {
            exchange.respond(error.pollingAnswer());
        }
    }

    // A new session

    private void handshake(HttpExchange exchange, TransportName transport, EngineQuery query) {
        HttpRequest request = exchange.head();
        EngineError error = handshakeError(exchange, transport, query);
        EngineVersion version = query.version();
        if (error != null) {
            refuse(exchange, error);
        } else if (version == null || (version == EngineVersion.V3 && !options.allowVersion3())) {
            refuse(exchange, EngineError.UNSUPPORTED_PROTOCOL_VERSION);
        } else if (transport == TransportName.WEBSOCKET) {
            NewWebSocket webSocket = new NewWebSocket(this, request, version, query.base64());
            exchange.upgrade(exchange.loop(), webSocketSettings, webSocket);
        } else if (exchange.asksForWebSocket()) {
            exchange.upgrade(exchange.loop(), webSocketSettings, DiscardedWebSocket.INSTANCE);
        } else {
            openPolling(exchange, version, PollingFormat.of(version, query));
        }
    }

    private @Nullable EngineError handshakeError(HttpExchange exchange, TransportName transport, EngineQuery query) {
        HttpRequest request = exchange.head();
        if (!request.method().equals("GET")) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        if (transport == TransportName.WEBSOCKET && !exchange.asksForWebSocket()) {
            return EngineError.BAD_REQUEST;
        }
        if (closing) {
            return EngineError.SHUTTING_DOWN;
        }
        boolean allowed = query.scriptIndex() == null
                ? OriginGuard.allows(request, options.cors())
                : OriginGuard.allowsScript(request, options.cors());
        return allowed ? null : EngineError.FORBIDDEN;
    }

    private void openPolling(HttpExchange exchange, EngineVersion version, PollingFormat format) {
        EngineSession session =
                newSession(exchange.head(), version, exchange.loop(), opened -> new PollingTransport(opened, format));
        if (session.transport() instanceof PollingTransport polling) {
            toPoll(exchange, session.loop(), polling);
        }
        open(session);
    }

    /** A session that is not public yet. */
    EngineSession newSession(
            HttpRequest request, EngineVersion version, Loop loop, Function<EngineSession, Transport> transport) {
        return new EngineSession(sessionIds.get(), version, request, loop, this, transport);
    }

    /** Makes a session public and starts it, on its loop. */
    void open(EngineSession session) {
        sessions.put(session.id(), session);
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
        session.open(open.encode(), acceptor);
        if (closing) {
            // The shut-down may have looked at the sessions before this one was there.
            session.close(DisconnectReason.SERVER_SHUTTING_DOWN);
        }
    }

    // A known session

    private void toSession(
            HttpExchange exchange, TransportName transport, EngineQuery query, @Nullable EngineSession session) {
        if (session == null) {
            refuse(exchange, EngineError.UNKNOWN_SESSION);
        } else if (query.version() != session.version()) {
            refuse(exchange, EngineError.BAD_REQUEST);
        } else if (exchange.asksForWebSocket()) {
            toUpgrade(exchange, transport, query, session);
        } else if (transport == TransportName.POLLING && session.transport() instanceof PollingTransport polling) {
            switch (exchange.head().method()) {
                case "GET" -> toPoll(exchange, session.loop(), polling);
                case "POST" -> new Post(exchange, session.loop(), polling).start(options.maxPayload());
                default -> exchange.respond(NOT_SERVED);
            }
        } else {
            refuse(exchange, EngineError.BAD_REQUEST);
        }
    }

    private void toUpgrade(HttpExchange exchange, TransportName transport, EngineQuery query, EngineSession session) {
        if (transport == TransportName.WEBSOCKET && session.transport() instanceof PollingTransport polling) {
            exchange.upgrade(session.loop(), webSocketSettings, new Upgrade(session, polling, query.base64()));
        } else {
            exchange.upgrade(exchange.loop(), webSocketSettings, DiscardedWebSocket.INSTANCE);
        }
    }

    private static void toPoll(HttpExchange exchange, Loop loop, PollingTransport polling) {
        exchange.onAborted(() -> loop.run(() -> polling.onPollAborted(exchange)));
        loop.run(() -> polling.onPoll(exchange));
    }

    // What sessions need

    EngineOptions options() {
        return options;
    }

    TimerWheel wheel(Loop loop) {
        return wheels.get(loop.index());
    }

    Instant now() {
        return clock.instant();
    }

    void remove(EngineSession session) {
        sessions.remove(session.id());
        completeWhenEmpty();
    }

    OutboxCounters counters() {
        return counters;
    }

    /** The sessions that are open or closing. A live view. */
    public Collection<EngineSession> sessions() {
        return sessions.values();
    }

    /**
     * Refuses new sessions from now on and closes those there are, in a way that makes clients come back. What waits for them
     * still leaves, see {@link #awaitEmpty}.
     */
    public void shutDown() {
        closing = true;
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
