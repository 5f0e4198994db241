// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.LimitHit;
import io.sockeye.api.Metric;
import io.sockeye.api.Metric.Kind;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.ServerMetrics;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.internal.core.NamespaceImpl;
import io.sockeye.internal.core.NamespaceTable;
import io.sockeye.internal.core.RecoverySettings;
import io.sockeye.internal.engine.RequestCounters;
import io.sockeye.internal.limits.LimitCounters;
import io.sockeye.internal.limits.MemoryLedger;
import io.sockeye.internal.outbox.OutboxCounters;
import io.sockeye.internal.transport.HttpListener;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopCounters;
import io.sockeye.internal.transport.LoopCounters.Count;
import io.sockeye.internal.transport.LoopProbe;
import io.sockeye.internal.websocket.EndpointService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The figures of one server: their names, and where each is read. Filled before the server starts; read by any thread. */
final class ServerFigures {
    private static final String BYTES = "bytes";
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Loop> loops;
    private final List<Figure> figures = new CopyOnWriteArrayList<>();

    ServerFigures(List<Loop> loops) {
        this.loops = loops;
    }

    /** Where a figure comes from. */
    private record Figure(
            String name,
            Map<String, String> labels,
            Kind kind,
            String unit,
            String description,
            DoubleSupplier source) {
        Metric read() {
            return new Metric(name, labels, kind, unit, description, source.getAsDouble());
        }
    }

    /** All of them, as they are now. */
    ServerMetrics read() {
        return new ServerMetrics(figures.stream().map(Figure::read).toList());
    }

    // Sorts of figures

    /** Adds one that only rises. */
    void counter(String name, Map<String, String> labels, String unit, String description, LongSupplier source) {
        figures.add(new Figure(name, labels, Kind.COUNTER, unit, description, source::getAsLong));
    }

    /** Adds one for each of several values of a label. */
    void counters(String name, String label, String description, Map<String, LongSupplier> sources) {
        sources.forEach((value, source) -> counter(name, Map.of(label, value), "", description, source));
    }

    /** Adds one that rises and falls. */
    void gauge(String name, Map<String, String> labels, String unit, String description, DoubleSupplier source) {
        figures.add(new Figure(name, labels, Kind.GAUGE, unit, description, source));
    }

    private long sum(ToLongFunction<LoopCounters> number) {
        long sum = 0;
        for (Loop loop : loops) {
            sum += number.applyAsLong(loop.counters());
        }
        return sum;
    }

    private LongSupplier sum(Count count) {
        return () -> sum(counters -> counters.get(count));
    }

    // What there is

    /** @param plain how many plain WebSockets are open */
    void ofConnections(LongSupplier plain) {
        connections("polling", "engineio3", sum(Count.POLLING_3));
        connections("polling", "engineio4", sum(Count.POLLING_4));
        connections("websocket", "engineio3", sum(Count.WEBSOCKET_3));
        connections("websocket", "engineio4", sum(Count.WEBSOCKET_4));
        connections("websocket", "plain", plain);
        for (DisconnectReason reason : DisconnectReason.values()) {
            Map<String, String> labels = Map.of("reason", reason.name().toLowerCase(Locale.ROOT));
            counter(
                    "sockeye.connections.closed",
                    labels,
                    "",
                    "Socket.IO connections that ended",
                    () -> sum(counters -> counters.closedFor(reason)));
            counter(
                    "sockeye.sockets.disconnected",
                    labels,
                    "",
                    "Sockets that ended",
                    () -> sum(counters -> counters.disconnectedFor(reason)));
        }
        upgrades("completed", sum(Count.UPGRADES));
        upgrades("abandoned", sum(Count.ABANDONED_UPGRADES));
    }

    private void connections(String transport, String protocol, LongSupplier source) {
        gauge(
                "sockeye.connections",
                Map.of("transport", transport, "protocol", protocol),
                "",
                "Open connections",
                source::getAsLong);
    }

    private void upgrades(String result, LongSupplier source) {
        counter("sockeye.upgrades", Map.of("result", result), "", "Upgrades from polling to WebSocket", source);
    }

    void ofRequests(RequestCounters requests) {
        counters("sockeye.handshakes", "result", "Requests for a new Socket.IO connection", requests.handshakes());
        counters(
                "sockeye.requests.refused",
                "reason",
                "Refused requests of a connection that was there, or that asked for none",
                requests.refusedRequests());
    }

    void ofEndpoints(List<EndpointService> endpoints) {
        for (String result : EndpointService.RESULTS) {
            counter(
                    "sockeye.websocket.handshakes",
                    Map.of("result", result),
                    "",
                    "Requests for a plain WebSocket",
                    () -> endpoints.stream()
                            .mapToLong(endpoint -> endpoint.handshakes(result))
                            .sum());
        }
    }

    void ofTraffic() {
        traffic("in", "socketio", sum(Count.PACKETS_IN), sum(Count.BYTES_IN));
        traffic("out", "socketio", sum(Count.PACKETS_OUT), sum(Count.BYTES_OUT));
        traffic("in", "plain", sum(Count.MESSAGES_IN), sum(Count.MESSAGE_BYTES_IN));
        traffic("out", "plain", sum(Count.MESSAGES_OUT), sum(Count.MESSAGE_BYTES_OUT));
    }

    private void traffic(String direction, String protocol, LongSupplier packets, LongSupplier bytes) {
        Map<String, String> labels = Map.of("direction", direction, "protocol", protocol);
        counter("sockeye.packets", labels, "", "Engine.IO packets, or messages of plain WebSockets", packets);
        counter("sockeye.traffic", labels, BYTES, "What the packets held, without framing", bytes);
    }

    void ofOutboxes(OutboxCounters counters) {
        gauge(
                "sockeye.outbox.packets",
                Map.of(),
                "",
                "Packets that wait for clients",
                () -> sum(Count.WAITING_PACKETS).getAsLong());
        counter(
                "sockeye.packets.dropped",
                Map.of(),
                "",
                "Packets that a client did not get because it was behind",
                counters::droppedPackets);
        counter(
                "sockeye.slow.consumers",
                Map.of(),
                "",
                "Connections closed because the client was behind",
                counters::slowConsumers);
    }

    void ofNamespaces(NamespaceTable namespaces) {
        gauge(
                "sockeye.namespaces",
                Map.of(),
                "",
                "Namespaces",
                () -> namespaces.all().size());
        gauge(
                "sockeye.sockets",
                Map.of(),
                "",
                "Sockets that are connected, of all namespaces",
                () -> namespaces.all().stream().mapToInt(NamespaceImpl::size).sum());
        gauge(
                "sockeye.rooms",
                Map.of(),
                "",
                "Rooms that have members, of all namespaces",
                () -> namespaces.all().stream()
                        .mapToInt(NamespaceImpl::roomCount)
                        .sum());
    }

    void ofMemory(HttpListener listener, MemoryLedger ledger, @Nullable RecoverySettings recovery) {
        memory("outboxes", () -> ledger.use().outboxes());
        memory("mailboxes", () -> ledger.use().mailboxes());
        memory("incoming", () -> ledger.use().incoming());
        memory("recovery", () -> ledger.use().recovery());
        memory("network_buffers", listener::bufferBytes);
        gauge(
                "sockeye.recovery.sessions",
                Map.of(),
                "",
                "Clients that are away and may come back",
                recovery == null ? () -> 0 : recovery.sessions()::get);
    }

    private void memory(String part, LongSupplier source) {
        gauge("sockeye.memory", Map.of("part", part), BYTES, "What the server holds for clients", source::getAsLong);
    }

    void ofLimits(LimitCounters hits, ConnectionLimits connections) {
        for (LimitHit hit : LimitHit.values()) {
            Map<String, String> labels = Map.of("limit", hit.name().toLowerCase(Locale.ROOT));
            counter("sockeye.limit.hits", labels, "", "How often a bound was reached", () -> hits.of(hit));
        }
        for (RefusalReason reason : RefusalReason.values()) {
            counter(
                    "sockeye.connections.refused",
                    Map.of("reason", reason.label()),
                    "",
                    "Connections and requests that were refused before anything was done for them",
                    () -> connections.refusals().counts().getOrDefault(reason, 0L));
        }
    }

    void ofLoops(List<LoopProbe> probes) {
        for (LoopProbe probe : probes) {
            Map<String, String> labels =
                    Map.of("loop", Integer.toString(probe.loop().index()));
            gauge(
                    "sockeye.loop.lag",
                    labels,
                    "seconds",
                    "How long a task waits for the event loop",
                    () -> probe.lag() / NANOS_PER_SECOND);
            gauge(
                    "sockeye.loop.tasks",
                    labels,
                    "",
                    "Tasks that wait for the event loop",
                    () -> probe.loop().pendingTasks());
        }
    }
}
