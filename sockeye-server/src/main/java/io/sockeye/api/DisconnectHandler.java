// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** Told that a socket is gone. Called once per connected socket, after its last event. */
@FunctionalInterface
public interface DisconnectHandler {
    void handle(Socket socket, DisconnectReason reason) throws Exception;
}
