// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** One client of a plain WebSocket endpoint. Any thread; what one thread sends arrives in that order. */
public interface WebSocket {
    /** A random id, for logs. */
    String id();

    /** The request that opened the connection. */
    HttpRequest request();

    /** The chosen subprotocol, empty for none. */
    String subprotocol();

    /** Sends a text message. */
    SendResult send(String text);

    /** Sends a binary message. The array must not be changed afterwards. */
    SendResult send(byte[] data);

    /** Closes with code 1000. */
    void close();

    /**
     * Closes with a code and a reason.
     *
     * @param code 1000, 1001, 1003, 1007 to 1014, or 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if code or reason may not be sent
     */
    void close(int code, String reason);
}
