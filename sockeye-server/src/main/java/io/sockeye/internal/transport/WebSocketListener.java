// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

/** What happens on one WebSocket connection. All calls come from the connection's loop, in order, {@link #onClosed} last. */
public interface WebSocketListener {
    /** The handshake is done; the 101 response is on its way. */
    void onOpen(WebSocketChannel channel);

    /** A whole text message, valid UTF-8. The array belongs to the listener. */
    void onText(byte[] utf8);

    /** A whole binary message. The array belongs to the listener. */
    void onBinary(byte[] data);

    /** The channel can be written again after {@link WebSocketChannel#writable()} was false. */
    void onWritable();

    /**
     * The connection has ended. Called once for every opened connection.
     *
     * @param code the close code as a browser would see it: the peer's, 1005 if it sent none, 1006 if the connection broke, or
     *     the code of the protocol violation that ended it (1002, 1007, 1009)
     * @param reason the peer's text, or the violation; may be empty
     */
    void onClosed(int code, String reason);
}
