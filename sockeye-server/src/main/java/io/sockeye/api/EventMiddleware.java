// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Args;

/** Sees every event of a namespace, or of one socket, before its handlers do, in the order of registration, on their thread. */
@FunctionalInterface
public interface EventMiddleware {
    /**
     * Returns to let the event through.
     *
     * @throws RequestFailed to refuse it; an acknowledgement that was asked for carries the public message
     */
    void handle(Socket socket, String event, Args args) throws Exception;
}
