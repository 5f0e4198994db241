// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks of the sockets of a server: a few for all of them, since one each would cost idle sockets more than it gives. Any thread.
 */
/* Sockets that share a lock may wait for each other, for as long as a set takes to change. Nobody who holds one of these asks for
 * another, so it does not matter which sockets share.
 */
public final class SocketLocks {
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    SocketLocks() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** The lock of a socket. */
    ReentrantLock of(SocketImpl socket) {
        return locks[socket.hashCode() & (LOCKS - 1)];
    }
}
