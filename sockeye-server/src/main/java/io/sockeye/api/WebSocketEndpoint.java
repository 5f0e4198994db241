// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.time.Duration;

/**
 * The handlers of a plain WebSocket path. Register before the server starts. They run on handler threads, or on the event
 * loop if all are {@link #nonBlocking}; those of one connection one at a time and in order.
 */
public interface WebSocketEndpoint {
    /** A connection is open. */
    WebSocketEndpoint onOpen(Handler<WebSocket> handler);

    /** A text message came. */
    WebSocketEndpoint onText(MessageHandler<String> handler);

    /** A binary message came. */
    WebSocketEndpoint onBinary(MessageHandler<byte[]> handler);

    /** A connection has ended; called once per opened connection. */
    WebSocketEndpoint onClose(CloseHandler handler);

    /** A handler threw, or the connection broke. Without such a handler the failure is logged. */
    WebSocketEndpoint onError(MessageHandler<Throwable> handler);

    /** The subprotocols that are spoken here, best first. Default: none. */
    WebSocketEndpoint subprotocols(String... names);

    /**
     * Declares that no handler of this path blocks: they run on the event loop of their connection, which saves the hop to
     * a handler thread. One that waits there for I/O, a lock or a long computation stalls all connections of its loop.
     */
    WebSocketEndpoint nonBlocking();

    /**
     * Sets how a client that has vanished is noticed: it is sent a ping after each interval, and if nothing at all comes from it
     * within the time-out, the connection counts as broken (1006). Default: the server's {@code pingInterval} and {@code pingTimeout}.
     *
     * @param interval from 1 ms
     * @param timeout from 1 ms
     */
    WebSocketEndpoint heartbeat(Duration interval, Duration timeout);

    /** Sends no pings: a client that has vanished is noticed when TCP notices, or by {@link #idleTimeout}. */
    WebSocketEndpoint withoutHeartbeat();

    /** Closes with 1001 a client that has sent no message for so long; from 1 ms. Default: silence is no reason. */
    WebSocketEndpoint idleTimeout(Duration value);

    /** Takes a connection. */
    @FunctionalInterface
    interface Handler<T> {
        void handle(T value) throws Exception;
    }

    /** Takes what came on a connection. */
    @FunctionalInterface
    interface MessageHandler<T> {
        void handle(WebSocket webSocket, T value) throws Exception;
    }

    /** Takes the end of a connection: the code and reason that a browser would report. */
    @FunctionalInterface
    interface CloseHandler {
        void handle(WebSocket webSocket, int code, String reason) throws Exception;
    }
}
