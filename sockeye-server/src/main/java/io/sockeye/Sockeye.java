// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.ConnectionReport;
import io.sockeye.api.HttpHandler;
import io.sockeye.api.LimitHit;
import io.sockeye.api.MemoryUse;
import io.sockeye.api.Namespace;
import io.sockeye.api.NamespacePredicate;
import io.sockeye.api.ReadinessCheck;
import io.sockeye.api.ServerMetrics;
import io.sockeye.api.StaticContent;
import io.sockeye.api.WebSocketEndpoint;
import io.sockeye.spi.ServerObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real-time server: Socket.IO, plain WebSocket and HTTP on one port. Any thread may call; namespaces, endpoints, routes and
 * files are declared before {@link #start}.
 */
public final class Sockeye implements AutoCloseable {
    private final ServerParts parts;
    private final ReentrantLock lifeCycle = new ReentrantLock();

    Sockeye(SockeyeBuilder options) {
        this.parts = new ServerParts(options);
    }

    /** Options to begin with. */
    public static SockeyeBuilder builder() {
        return new SockeyeBuilder();
    }

    /**
     * The namespace of a name, made if it is not there. A slash is put in front if there is none.
     *
     * <p>After the start, a namespace that is not there is made only if a pattern given to {@link #namespaces(Pattern)} is found
     * in the name. What is returned for such a name is to be used and not kept: the namespace may go with its last client, and the
     * next client has another one.
     *
     * @throws IllegalStateException if the server has started and there is no such namespace, or if there are as many dynamic
     *     ones as {@link SockeyeBuilder#maxDynamicNamespaces} allows
     */
    public Namespace namespace(String name) {
        return parts.namespace(name.startsWith("/") ? name : "/" + name);
    }

    /**
     * Declares the namespaces whose names a pattern is found in; {@code ^} and {@code $} tie it to the ends of the name. Each is
     * made when the first client asks for it, unless it was declared by name, and has the handlers that are registered here.
     *
     * <p>What is returned is the parent of all of them: it sends to, and finds, the sockets of all that are there at the moment.
     * Parents are asked in the order of their declaration. The pattern is matched on a handler thread.
     *
     * @throws IllegalStateException if the server has started
     */
    public Namespace namespaces(Pattern pattern) {
        return parts.namespaces(pattern);
    }

    /**
     * Declares the namespaces that a predicate wants; see {@link #namespaces(Pattern)}.
     *
     * @throws IllegalStateException if the server has started
     */
    public Namespace namespaces(NamespacePredicate predicate) {
        return parts.namespaces(predicate);
    }

    /** The namespaces that are there at the moment, without parents. A snapshot. */
    public Collection<Namespace> namespaces() {
        return parts.namespaces();
    }

    /**
     * Adds an observer of namespaces that are made from now on: of one declared by name on the declaring thread, of a dynamic one
     * on the handler thread of the client that asked for it, before that client is let in, or on the thread that called
     * {@link #namespace}. What it throws is logged. Handlers cannot be added to a dynamic namespace.
     *
     * @throws IllegalStateException if the server has started
     */
    public Sockeye onNewNamespace(Consumer<Namespace> observer) {
        parts.onNewNamespace(observer);
        return this;
    }

    /** Opens a path to plain WebSocket clients. */
    public WebSocketEndpoint webSocket(String path) {
        return parts.webSocket(path);
    }

    /**
     * Answers HTTP requests.
     *
     * @param method in capitals, such as {@code GET}
     * @param path an exact path, or one that ends with {@code /*} for all paths below
     */
    public Sockeye route(String method, String path, HttpHandler handler) {
        parts.route(method, path, handler);
        return this;
    }

    /** Serves files below a path, for requests that no route takes. */
    public Sockeye files(String path, StaticContent content) {
        parts.files(path, content);
        return this;
    }

    /**
     * Adds a check to {@code /health/ready}, which answers 503 with the reasons while one gives a reason. The checks run on handler
     * threads, at most once a second, and have 5 s.
     *
     * @param name what it is called in the answer
     * @throws IllegalArgumentException if there is a check of that name
     */
    public Sockeye readiness(String name, ReadinessCheck check) {
        parts.readiness(name, check);
        return this;
    }

    /**
     * Has an observer follow the events of all namespaces, for metrics or traces. Costs nothing while there is none.
     *
     * @throws IllegalStateException if the server has started
     */
    public Sockeye observe(ServerObserver observer) {
        parts.observe(observer);
        return this;
    }

    /**
     * What the server has counted, and what it holds, now. Any thread, at any time; meant for once in some seconds. The lag of the event
     * loops is that which the call before found.
     */
    public ServerMetrics metrics() {
        return parts.metrics();
    }

    /**
     * Listens. Harmless when it listens already.
     *
     * @throws java.io.UncheckedIOException if the address cannot be bound; the message says what to do, and the server is closed
     * @throws IllegalStateException if the server was closed
     */
    public Sockeye start() {
        lifeCycle.lock();
        try {
            parts.start();
            return this;
        } finally {
            lifeCycle.unlock();
        }
    }

    /**
     * The port it listens on.
     *
     * @throws IllegalStateException before the start
     */
    public int port() {
        return parts.port();
    }

    /** Who is connected at the moment, and who was not let in since the server was built. */
    public ConnectionReport connections() {
        return parts.connections();
    }

    /** How often a bound was reached since the start. Any time. */
    public long limitHits(LimitHit hit) {
        return parts.limitHits(hit);
    }

    /** The bytes that wait in the server. Any time; a snapshot. */
    public MemoryUse memory() {
        return parts.memory();
    }

    /** How often each bound was reached since the start, those that were not included. Any time; a snapshot. */
    public Map<LimitHit, Long> limitHits() {
        return parts.limitHits();
    }

    /** Waits until the server is closed. */
    public void awaitClosed() throws InterruptedException {
        parts.awaitClosed();
    }

    /**
     * Closes gracefully: takes no more clients, ends the connections in a way that makes clients come back, lets what waits for
     * them leave and handlers end, for as long as {@link SockeyeBuilder#shutdownTimeout} says. Harmless when it is closed already.
     */
    @Override
    public void close() {
        parts.cutDrain();
        lifeCycle.lock();
        try {
            parts.close();
        } finally {
            lifeCycle.unlock();
        }
    }

    /**
     * Closes without hurry, for a server that others stand in for. New clients are refused with 503 and {@code Retry-After}, and
     * {@code /health/ready} answers 503. The connections there are end one after the other, spread over the window, so that clients do
     * not all come back at once; each when no handler is at work for it, and its acknowledgements are sent. At the end of the window, and
     * of what the slowest need, the server is closed as by {@link #close}. {@code close()} cuts it short.
     *
     * <p>Waits for all that. An interrupt cuts it short too.
     *
     * @param window from the first connection that ends to the last; zero for all at once
     * @param deadline for everything; at least as long as the window
     * @throws IllegalArgumentException if the window is negative, or longer than the deadline
     */
    public void drain(Duration window, Duration deadline) {
        if (window.isNegative() || window.compareTo(deadline) > 0) {
            throw new IllegalArgumentException("the window of a drain must be from 0 to its deadline, got a window of "
                    + window + " and a deadline of " + deadline);
        }
        Drain drain = begin(window, deadline);
        if (drain == null) {
            close();
            return;
        }
        try {
            drain.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lifeCycle.lock();
        try {
            parts.close(drain.left());
        } finally {
            lifeCycle.unlock();
        }
    }

    private @Nullable Drain begin(Duration window, Duration deadline) {
        lifeCycle.lock();
        try {
            return parts.drain(window, deadline);
        } finally {
            lifeCycle.unlock();
        }
    }
}
