// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;

/**
 * One HTTP request and its answer. Belongs to the loop of its connection: everything but {@link #respond} and
 * {@link #upgrade} is called there, and its callbacks arrive there.
 */
public interface HttpExchange {
    /** The head; its body is empty. */
    HttpRequest head();

    /** The loop of the connection that the request came on. */
    Loop loop();

    /** Whether the request asks for a change to the WebSocket protocol and does so correctly (RFC 6455, section 4.2.1). */
    boolean asksForWebSocket();

    /**
     * Reads the body. Counted while it streams in: nothing beyond the limit is kept.
     *
     * @param maxBytes the largest body that is accepted
     */
    void readBody(int maxBytes, BodyListener listener);

    /** Sets what runs on the loop if the client goes away before the answer was written. Replaces an earlier one. */
    void onAborted(Runnable callback);

    /**
     * Answers. Any thread. Only the first answer counts; later ones are ignored. A body that was not read is discarded, or the
     * connection is closed where that would take too much reading.
     */
    void respond(HttpResponse response);

    /** Answers and closes the connection afterwards. Any thread. */
    void respondAndClose(HttpResponse response);

    /**
     * Completes the WebSocket handshake with 101. Any thread, instead of an answer. The connection first moves to the given
     * loop, where all calls of the listener happen.
     *
     * @param loop where the connection is to live
     */
    void upgrade(Loop loop, WebSocketSettings settings, WebSocketListener listener);

    /** What becomes of a body. Exactly one of the three is called, once, on the connection's loop. */
    interface BodyListener {
        /** The whole body came. */
        void onBody(byte[] body);

        /** The body is larger than allowed. Nothing was answered yet. */
        void onTooLarge();

        /** The client went away before the body was complete. */
        void onAborted();
    }
}
