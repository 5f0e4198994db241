// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.ConnectionReport;
import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.Cors;
import io.sockeye.api.HttpHandler;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.LimitHit;
import io.sockeye.api.MemoryUse;
import io.sockeye.api.Namespace;
import io.sockeye.api.NamespacePredicate;
import io.sockeye.api.PayloadLimits;
import io.sockeye.api.ReadinessCheck;
import io.sockeye.api.ServerMetrics;
import io.sockeye.api.StaticContent;
import io.sockeye.api.WebSocketEndpoint;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.guard.CorsService;
import io.sockeye.internal.core.CoreSettings;
import io.sockeye.internal.core.DynamicNamespaces;
import io.sockeye.internal.core.NamespaceImpl;
import io.sockeye.internal.core.NamespaceTable;
import io.sockeye.internal.core.RecoverySettings;
import io.sockeye.internal.core.SecretIds;
import io.sockeye.internal.core.WireFormats;
import io.sockeye.internal.engine.EngineOptions;
import io.sockeye.internal.engine.EngineServer;
import io.sockeye.internal.engine.PollCompression;
import io.sockeye.internal.engine.TransportName;
import io.sockeye.internal.execution.HandlerThreads;
import io.sockeye.internal.http.ClientFiles;
import io.sockeye.internal.http.HealthPages;
import io.sockeye.internal.http.HttpRouter;
import io.sockeye.internal.limits.MemoryLedger;
import io.sockeye.internal.netty.HttpListenerSettings;
import io.sockeye.internal.netty.NettyHttpListener;
import io.sockeye.internal.socketio.GatewaySettings;
import io.sockeye.internal.socketio.SocketIoGateway;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.Drainable;
import io.sockeye.internal.transport.HttpListener;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopProbe;
import io.sockeye.internal.websocket.EndpointImpl;
import io.sockeye.internal.websocket.EndpointService;
import io.sockeye.internal.websocket.EndpointSettings;
import io.sockeye.internal.websocket.HeartbeatTimes;
import io.sockeye.protocol.ProtocolLimits;
import io.sockeye.spi.ServerObserver;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of one server, wired. Declarations: before the start. {@link #start} and {@link #close}: one thread at a time, which
 * {@link Sockeye} sees to.
 */
final class ServerParts {
    private static final Logger LOG = LoggerFactory.getLogger(Sockeye.class);

    private enum Phase {
        NEW,
        STARTED,
        DRAINING,
        CLOSED
    }

    private final InetSocketAddress address;
    private final Duration shutdownTimeout;
    private final Edge edge;
    private final HttpListener listener;
    private final ExecutorService executor;
    private final HttpRouter router;
    private final NamespaceTable namespaces;
    private final EngineServer engine;
    private final EndpointSettings endpointSettings;
    private final HeartbeatTimes heartbeat;
    private final LimitParts limits;
    private final List<EndpointService> endpoints = new CopyOnWriteArrayList<>();
    private final ServerFigures figures;
    private final HealthPages health;
    private final List<ServerObserver> observers = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Phase phase = Phase.NEW;
    private volatile int port = -1;
    private volatile @Nullable Drain drain;

    ServerParts(SockeyeBuilder options) {
        address = options.address();
        shutdownTimeout = options.shutdownTimeout;
        WireFormats formats = new WireFormats(options.wireFormats);
        if (options.allowEIO3) {
            formats.json();
        }
        SecretIds ids = new SecretIds(new SecureRandom());
        edge = new Edge(options.edge);
        ConnectionStateRecovery recovery = options.connectionStateRecovery;
        RecoverySettings recovering = recovery == null ? null : RecoverySettings.of(recovery, ids, System::nanoTime);
        MemoryLedger ledger = LimitParts.ledger(options, recovering);
        listener = listener(options, edge, ledger);
        executor = HandlerThreads.create(options.handlerThreads);
        List<Loop> loops = listener.loops();
        limits = LimitParts.of(options, loops, ledger);
        CoreSettings core = new CoreSettings(
                loops,
                executor,
                limits.mailbox(),
                options.answerTimeout.toMillis(),
                formats,
                options.adapter,
                recovering,
                limits.rates(),
                limits.gates(),
                limits.sockets());
        namespaces = new NamespaceTable(
                core, new DynamicNamespaces(options.maxDynamicNamespaces, options.cleanupEmptyChildNamespaces));
        SocketIoGateway gateway = new SocketIoGateway(gatewaySettings(options, formats, limits, edge, ids), namespaces);
        List<TimerWheel> wheels = listener.loops().stream()
                .map(loop -> new TimerWheel(loop, System::nanoTime))
                .toList();
        engine = new EngineServer(
                engineOptions(options, limits, executor, edge.limits()),
                options.hooks.build(),
                wheels,
                gateway,
                limits.counters(),
                ids,
                executor,
                Clock.systemUTC());
        endpointSettings = endpointSettings(options, limits, executor, ids, wheels, edge);
        heartbeat = new HeartbeatTimes(
                options.pingInterval.toMillis(), options.pingTimeout.toMillis(), HeartbeatTimes.NEVER);
        limits.ledger().onExceeded(new Shedder(limits.ledger(), namespaces, engine, endpoints, loops)::begin);
        router = new HttpRouter(executor, ledger, edge.settings().refusals());
        declareSessions(options);
        List<LoopProbe> probes = loops.stream()
                .map(loop -> new LoopProbe(loop, System::nanoTime))
                .toList();
        health = new HealthPages(probes, this::whyNotServing, executor, System::nanoTime);
        figures = figures(probes, recovering);
        declarePages();
        namespace("/");
    }

    private void declarePages() {
        router.page("/health", () -> HttpResponse.json(summary()).with("cache-control", "no-store"));
        router.page("/health/live", health::live);
        router.page("/health/ready", health::ready);
    }

    private ServerFigures figures(List<LoopProbe> probes, @Nullable RecoverySettings recovering) {
        ServerFigures all = new ServerFigures(listener.loops());
        all.ofConnections(this::webSockets);
        all.ofRequests(engine.requests());
        all.ofEndpoints(endpoints);
        all.ofTraffic();
        all.ofOutboxes(limits.counters());
        all.ofNamespaces(namespaces);
        all.ofMemory(listener, limits.ledger(), recovering);
        all.ofLimits(limits.hits(), edge.limits());
        all.ofLoops(probes);
        return all;
    }

    private static HttpListener listener(SockeyeBuilder options, Edge edge, MemoryLedger ledger) {
        return new NettyHttpListener(HttpListenerSettings.defaults()
                .withLoops(options.eventLoops)
                .withNetworkIo(options.networkIo)
                .withLimits(options.edge.requests)
                .withEdge(edge.settings())
                .withBudget(ledger));
    }

    private void declareSessions(SockeyeBuilder options) {
        HttpService served = options.serveClient ? new ClientFiles(options.clientPath(), engine, executor) : engine;
        Cors cors = options.cors;
        router.service(options.servedPath(), new CorsService(cors, served));
        router.fileHeaders(request -> CorsService.headers(cors, request));
    }

    private static GatewaySettings gatewaySettings(
            SockeyeBuilder options, WireFormats formats, LimitParts limits, Edge edge, SecretIds ids) {
        return new GatewaySettings(
                options.connectTimeout.toMillis(),
                limits(options),
                formats,
                edge.limits(),
                edge.users(),
                limits.rates(),
                options.maxNamespacesPerConnection,
                ids);
    }

    private static EndpointSettings endpointSettings(
            SockeyeBuilder options,
            LimitParts limits,
            ExecutorService executor,
            SecretIds ids,
            List<TimerWheel> wheels,
            Edge edge) {
        return new EndpointSettings(
                options.maxHttpBufferSize,
                limits.mailbox(),
                options.cors,
                limits.outbox(),
                limits.counters(),
                executor,
                ids,
                options.perMessageDeflate,
                wheels,
                edge.limits(),
                limits.rates());
    }

    private static EngineOptions engineOptions(
            SockeyeBuilder options, LimitParts limits, ExecutorService executor, ConnectionLimits connections) {
        return new EngineOptions(
                options.pingInterval.toMillis(),
                options.pingTimeout.toMillis(),
                options.upgradeTimeout.toMillis(),
                options.maxHttpBufferSize,
                options.transports.stream()
                        .map(name -> TransportName.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                options.allowUpgrades,
                options.allowEIO3,
                options.cors,
                limits.outbox(),
                options.perMessageDeflate,
                new PollCompression(options.httpCompression, executor),
                connections,
                limits.rates());
    }

    private static ProtocolLimits limits(SockeyeBuilder options) {
        ProtocolLimits defaults = ProtocolLimits.DEFAULTS;
        PayloadLimits payload = options.payloadLimits;
        return new ProtocolLimits(
                options.maxAttachments,
                payload.maxAttachmentBytes(),
                payload.maxDepth(),
                payload.maxNumberLength(),
                defaults.maxNamespaceLength(),
                defaults.maxEventNameLength(),
                payload.maxStringLength(),
                payload.maxKeys(),
                payload.maxValues(),
                payload.uniqueKeys());
    }

    // Declarations

    Namespace namespace(String name) {
        NamespaceImpl present = namespaces.find(name);
        if (present == null && phase != Phase.NEW) {
            present = namespaces.makeChild(name);
        }
        if (present == null) {
            requireNew("namespace " + name);
            present = namespaces.declare(name);
        }
        return present;
    }

    Namespace namespaces(Pattern pattern) {
        requireNew("parent " + pattern);
        return namespaces.declareParent(pattern);
    }

    Namespace namespaces(NamespacePredicate predicate) {
        requireNew("a parent");
        return namespaces.declareParent(predicate);
    }

    Collection<Namespace> namespaces() {
        return List.copyOf(namespaces.all());
    }

    void onNewNamespace(Consumer<Namespace> observer) {
        requireNew("an observer of namespaces");
        namespaces.observe(observer);
    }

    WebSocketEndpoint webSocket(String path) {
        requireNew("WebSocket endpoint " + path);
        EndpointImpl endpoint = new EndpointImpl(heartbeat);
        EndpointService service = new EndpointService(endpoint, endpointSettings);
        endpoints.add(service);
        router.exact(path, service);
        return endpoint;
    }

    void route(String method, String path, HttpHandler handler) {
        requireNew("route " + path);
        router.route(method, path, handler);
    }

    void files(String path, StaticContent content) {
        requireNew("files of " + path);
        router.files(path, content);
    }

    void readiness(String name, ReadinessCheck check) {
        requireNew("readiness check " + name);
        health.add(name, check);
    }

    void observe(ServerObserver observer) {
        requireNew("an observer");
        observers.add(observer);
    }

    private void requireNew(String what) {
        if (phase != Phase.NEW) {
            throw new IllegalStateException(what + " was declared after the server started; declare it before start()");
        }
    }

    // Life

    void start() {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException("this server was closed; build a new one");
        }
        if (phase == Phase.STARTED) {
            return;
        }
        phase = Phase.STARTED;
        namespaces.freeze(observers);
        endpoints.forEach(EndpointService::freeze);
        try {
            port = listener.start(address, router).getPort();
        } catch (UncheckedIOException e) {
            close();
            throw e;
        }
        LOG.info("Sockeye listens on port {}", port);
    }

    int port() {
        if (port < 0) {
            throw new IllegalStateException("the server has no port before start()");
        }
        return port;
    }

    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Takes no more clients; null if there is nothing to drain. */
    @Nullable
    Drain drain(Duration window, Duration deadline) {
        if (phase != Phase.STARTED) {
            return null;
        }
        phase = Phase.DRAINING;
        engine.takeNoMore();
        endpoints.forEach(EndpointService::takeNoMore);
        List<Drainable> connections = new ArrayList<>(engine.sessions());
        endpoints.forEach(endpoint -> connections.addAll(endpoint.connections()));
        LOG.info("Sockeye drains {} connections", connections.size());
        Drain begun = new Drain(connections, window, deadline);
        drain = begun;
        return begun;
    }

    /** Has a drain that is under way end early. Any thread. */
    void cutDrain() {
        Drain running = drain;
        if (running != null) {
            running.cut();
        }
    }

    void close() {
        close(shutdownTimeout.toNanos());
    }

    /** @param timeout nanoseconds */
    void close(long timeout) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        long deadline = System.nanoTime() + timeout;
        // The other half is for handlers: a client that does not poll any more must not cost them theirs.
        long clientsDeadline = deadline - timeout / 2;
        endpoints.forEach(EndpointService::shutDown);
        engine.shutDown();
        try {
            boolean empty = engine.awaitEmpty(millisUntil(clientsDeadline));
            for (EndpointService endpoint : endpoints) {
                empty &= endpoint.awaitEmpty(millisUntil(clientsDeadline));
            }
            if (!empty) {
                LOG.info("some clients did not take what was left for them before the shutdown time-out");
            }
            listener.stopAccepting();
            executor.shutdown();
            if (!executor.awaitTermination(millisUntil(deadline), TimeUnit.MILLISECONDS)) {
                LOG.warn("handlers are still running at the end of the shutdown time-out");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
        namespaces.all().forEach(NamespaceImpl::close);
        listener.close(Math.max(100, millisUntil(deadline)));
        closed.countDown();
        LOG.info("Sockeye is closed");
    }

    ConnectionReport connections() {
        return edge.report(listener.connections());
    }

    private static long millisUntil(long deadline) {
        return Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
    }

    MemoryUse memory() {
        return limits.ledger().use();
    }

    long limitHits(LimitHit hit) {
        return limits.hits().of(hit);
    }

    Map<LimitHit, Long> limitHits() {
        return limits.hits().all();
    }

    // Seeing

    ServerMetrics metrics() {
        return figures.read();
    }

    private int webSockets() {
        return endpoints.stream().mapToInt(EndpointService::size).sum();
    }

    private @Nullable String whyNotServing() {
        return switch (phase) {
            case NEW -> "starting";
            case STARTED -> null;
            case DRAINING -> "draining";
            case CLOSED -> "closing";
        };
    }

    /** The body of {@code /health}. */
    private String summary() {
        String status = whyNotServing();
        int sockets = namespaces.all().stream().mapToInt(NamespaceImpl::size).sum();
        return "{\"status\":\"" + (status == null ? "up" : status) + "\",\"sessions\":"
                + engine.sessions().size() + ",\"sockets\":" + sockets + ",\"webSockets\":" + webSockets()
                + ",\"droppedPackets\":" + limits.counters().droppedPackets() + ",\"slowConsumers\":"
                + limits.counters().slowConsumers() + ",\"connections\":"
                + edge.limits().open() + ",\"refused\":"
                + connections().refusedInAll() + "}";
    }
}
