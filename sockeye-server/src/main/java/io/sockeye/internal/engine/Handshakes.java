// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.Cors;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.LimitHit;
import io.sockeye.api.RefusalReason;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.guard.OriginGuard;
import io.sockeye.internal.limits.RateGuard;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.WebSocketSettings;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks requests for new sessions and opens those. Any thread; each request is handled on the loop it came on. */
final class Handshakes {
    private final EngineServer server;
    private final RequestGate gate;
    private final WebSocketSettings webSocketSettings;

    Handshakes(EngineServer server, RequestGate gate, WebSocketSettings webSocketSettings) {
        this.server = server;
        this.gate = gate;
        this.webSocketSettings = webSocketSettings;
    }

    void handle(HttpExchange exchange, TransportName transport, EngineQuery query) {
        Refusal refusal = refusal(exchange, transport, query);
        Refusal unsupported = isServed(query.version())
                ? null
                : Refusal.of(EngineError.UNSUPPORTED_PROTOCOL_VERSION, Map.of("protocol", query.protocol()));
        if (refusal != null) {
            server.refuseHandshake(exchange, refusal);
        } else if (gate.decides()) {
            gate.decide(exchange, unsupported, id -> open(exchange, transport, query, id), server::refuseHandshake);
        } else if (unsupported != null) {
            server.refuseHandshake(exchange, unsupported);
        } else {
            open(exchange, transport, query, null);
        }
    }

    private boolean isServed(@Nullable EngineVersion version) {
        return version == EngineVersion.V4
                || (version == EngineVersion.V3 && server.options().allowVersion3());
    }

    private @Nullable Refusal refusal(HttpExchange exchange, TransportName transport, EngineQuery query) {
        HttpRequest request = exchange.head();
        if (!request.method().equals("GET")) {
            return Refusal.of(EngineError.BAD_HANDSHAKE_METHOD, Map.of("method", request.method()));
        }
        if (transport == TransportName.WEBSOCKET && !exchange.asksForWebSocket()) {
            return Refusal.badRequest("TRANSPORT_HANDSHAKE_ERROR", Map.of());
        }
        if (server.closing()) {
            return Refusal.of(EngineError.SHUTTING_DOWN, Map.of());
        }
        ConnectionLimits limits = server.options().limits();
        RefusalReason tooMany = limits.refusal(request.remoteAddress());
        if (tooMany != null && !limits.mayTurnAway()) {
            limits.refusals().count(tooMany);
            return Refusal.tooMany(tooMany);
        }
        if (server.counters().ledger().isFull()) {
            server.counters().count(LimitHit.OVERLOADED);
            return Refusal.of(EngineError.OVERLOADED, Map.of());
        }
        Cors cors = server.options().cors();
        boolean allowed = query.scriptIndex() == null
                ? OriginGuard.allows(request, cors)
                : OriginGuard.allowsScript(request, cors);
        if (!allowed) {
            limits.refusals().count(RefusalReason.ORIGIN);
            String origin = Objects.requireNonNullElse(request.headers().first("origin"), "");
            return Refusal.of(EngineError.FORBIDDEN, Map.of("origin", origin));
        }
        RateGuard rates = server.options().rates();
        if (rates != null && !rates.admitsHandshake(request.remoteAddress())) {
            return Refusal.of(EngineError.TOO_MANY_HANDSHAKES, Map.of());
        }
        return null;
    }

    /** @param given the id that the user made for the session, or null */
    private void open(HttpExchange exchange, TransportName transport, EngineQuery query, @Nullable String given) {
        EngineVersion version = Objects.requireNonNull(query.version(), "a version that is served");
        String id = given == null ? server.newId() : given;
        if (server.has(id)) {
            server.refuseHandshake(
                    exchange, RequestGate.noId(new IllegalStateException("the new session id is in use")));
        } else if (transport == TransportName.WEBSOCKET) {
            gate.answeredFirst(exchange, id)
                    .upgrade(
                            exchange.loop(),
                            webSocketSettings,
                            new NewWebSocket(server, exchange.head(), id, version, query.base64()));
        } else if (exchange.asksForWebSocket()) {
            gate.answered(exchange).upgrade(exchange.loop(), webSocketSettings, DiscardedWebSocket.INSTANCE);
        } else {
            openPolling(gate.answeredFirst(exchange, id), id, version, PollingFormat.of(version, query));
        }
    }

    private void openPolling(HttpExchange exchange, String id, EngineVersion version, PollingFormat format) {
        boolean[] gone = {false};
        exchange.onAborted(() -> gone[0] = true);
        if (gone[0]) {
            // While the user's code decided.
            return;
        }
        EngineSession session = server.newSession(
                id, exchange.head(), version, exchange.loop(), opened -> new PollingTransport(opened, format));
        if (session.transport() instanceof PollingTransport polling) {
            polling.take(exchange);
        }
        server.open(session, exchange.head());
    }
}
