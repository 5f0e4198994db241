// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Told that a socket is gone. Called once per connected socket, after its last event. The socket has left its rooms: no
 * broadcast reaches it. {@link Socket#rooms} still answers which they were, and broadcasts to them reach the others.
 */
@FunctionalInterface
public interface DisconnectHandler {
    void handle(Socket socket, DisconnectReason reason) throws Exception;
}
