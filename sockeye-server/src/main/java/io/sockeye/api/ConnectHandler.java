// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** Greets a socket that has just connected. No event of the socket is handled before it returned. */
@FunctionalInterface
public interface ConnectHandler {
    void handle(Socket socket) throws Exception;
}
