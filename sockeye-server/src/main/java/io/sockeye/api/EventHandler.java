// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** Takes one event of a socket. The events of one socket come one at a time and in order. */
@FunctionalInterface
public interface EventHandler<T> {
    /**
     * Handles the event. If the client asked for an acknowledgement, it is answered when the handler has returned, without
     * arguments.
     *
     * @throws RequestFailed to answer an acknowledgement with a public error
     */
    void handle(Socket socket, T payload) throws Exception;
}
