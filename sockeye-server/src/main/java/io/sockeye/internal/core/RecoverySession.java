// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is kept so that one client can come back as the socket that it was. Fields are grouped by their guard. */
public final class RecoverySession {
    private final String recoveryId;
    private final String socketId;

    /** Guarded by the lock of {@link Recovery}. The socket while there is one. */
    @Nullable
    SocketImpl socket;
    /** Guarded by the lock of {@link Recovery}. Whether the client is away and may come back. */
    boolean away;
    /** Guarded by the lock of {@link Recovery}. When the client went away, in the time of the settings. */
    long since;
    /** Guarded by the lock of {@link Recovery}. The rooms of the socket when it went away, its id among them. */
    Set<String> rooms = Set.of();
    /** Guarded by the lock of {@link Recovery}. What was attached to the socket when it went away. */
    @Nullable
    HandshakeImpl handshake;

    /** Written under the lock. Whether the client cannot come back any more. */
    volatile boolean over;

    /** Loop of the socket only. The last event that it got while it came back. */
    long replayedThrough;

    RecoverySession(String recoveryId, String socketId) {
        this.recoveryId = recoveryId;
        this.socketId = socketId;
    }

    /** The secret that the client shows when it comes back. */
    String recoveryId() {
        return recoveryId;
    }

    /** The public id that the client had, and gets back. */
    public String socketId() {
        return socketId;
    }
}
