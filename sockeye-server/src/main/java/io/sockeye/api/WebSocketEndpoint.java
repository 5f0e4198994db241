// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

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
