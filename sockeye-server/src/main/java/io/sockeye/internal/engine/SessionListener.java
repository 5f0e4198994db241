// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.DisconnectReason;

/** Takes what comes on one session. All calls on the session's loop, in order, {@link #onClosed} last and once. */
public interface SessionListener {
    /** A text message: UTF-8 in a part of an array that nobody writes any more. */
    void onText(byte[] array, int offset, int length);

    /** A binary message. The array belongs to the listener. */
    void onBinary(byte[] data);

    /** A ping is due, or came: once in a while, whether or not anything else happens. */
    default void onHeartbeat() {}

    /** Whether something that the client sent is still being handled. */
    default boolean busy() {
        return false;
    }

    /** The session has ended. */
    void onClosed(DisconnectReason reason);
}
