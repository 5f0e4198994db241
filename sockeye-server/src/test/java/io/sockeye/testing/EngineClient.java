// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The client's end of one Engine.IO 4 session. Every read has a deadline. Not thread-safe. */
public interface EngineClient extends AutoCloseable {
    /** Sends one packet as text, with its type digit. */
    void send(String packet) throws IOException;

    /** Sends one binary message. */
    void sendBinary(byte[] data) throws IOException;

    /** The next packet or binary message. */
    Message read() throws IOException;

    /** Closes as a client does that leaves: with a close frame or packet. */
    void leave() throws IOException;

    /** Waits until the server has ended the session; false if it goes on. */
    boolean ended() throws IOException;

    /** Breaks the connection off. */
    @Override
    void close() throws IOException;

    /** A packet as text, or the bytes of a binary message. */
    final class Message {
        private final boolean text;
        private final byte[] bytes;

        Message(boolean text, byte[] bytes) {
            this.text = text;
            this.bytes = bytes;
        }

        public boolean isText() {
            return text;
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return text ? text() : "<" + bytes.length + " bytes>";
        }
    }
}
