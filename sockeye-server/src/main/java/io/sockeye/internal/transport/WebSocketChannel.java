// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.protocol.EncodedPacket;

/** The sending side of one WebSocket connection. Loop only. */
public interface WebSocketChannel {
    Loop loop();

    /** The chosen subprotocol, empty for none. */
    String subprotocol();

    /** Replaces the listener: what comes from now on goes to the new one. Also from within a call of the old one. */
    void listener(WebSocketListener listener);

    /** Whether the bytes written so far have mostly left: false asks the caller to wait for {@link WebSocketListener#onWritable}. */
    boolean writable();

    /**
     * Writes the messages of a packet: its head as one text or binary message, then each attachment as a binary one. They leave
     * at the end of the loop's turn, in one flush with everything else written to this channel in that turn.
     *
     * @param shared whether the same packet is about to be written to other channels of this loop too: its frames are then
     *     built once
     */
    void write(EncodedPacket packet, boolean shared);

    /** Writes one text message. */
    void writeText(byte[] utf8);

    /** Writes one binary message. */
    void writeBinary(byte[] data);

    /** Writes a ping, whatever waits to be written. */
    void ping();

    /** Whether anything has come since the last call, or may wait because reading is stopped. */
    boolean heard();

    /** Stops or resumes reading from the connection. */
    void reading(boolean enabled);

    /**
     * Flushes, sends a close frame and ends the connection when the peer answered it, or soon after.
     *
     * @param code a code that may be sent (RFC 6455, section 7.4), or 1005 for an empty close frame
     */
    void close(int code, String reason);

    /** Ends the connection at once, without a close frame. */
    void abort();
}
