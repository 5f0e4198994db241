// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.api.HttpHandler;
import io.sockeye.api.Namespace;
import io.sockeye.api.StaticContent;
import io.sockeye.api.WebSocketEndpoint;
import java.util.concurrent.locks.ReentrantLock;

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
     * @throws IllegalStateException if the server has started and there is no such namespace
     */
    public Namespace namespace(String name) {
        return parts.namespace(name.startsWith("/") ? name : "/" + name);
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
        lifeCycle.lock();
        try {
            parts.close();
        } finally {
            lifeCycle.unlock();
        }
    }
}
