// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Args;

/**
 * Sees every event that is sent to a socket, with its arguments as they were given: {@code byte[]} is still {@code byte[]}.
 *
 * <p>Called by the thread that sends, before the packet goes out: for an emit or a request once, for a broadcast once for each
 * socket that it chooses, whether or not the client takes the packet in the end. So it may be called by several threads at
 * once, and by an event loop if a {@code nonBlocking} handler of another namespace sends. What it sends itself is not
 * seen by the outgoing handlers of the namespace. What it throws is logged; the packet goes out all the same.
 */
@FunctionalInterface
public interface OutgoingHandler {
    void handle(Socket socket, String event, Args args) throws Exception;
}
