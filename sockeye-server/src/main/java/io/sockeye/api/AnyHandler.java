// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Args;

/**
 * Sees every event that got past the middleware, whether it has a handler or not. What it throws ends the event, as with
 * middleware.
 */
@FunctionalInterface
public interface AnyHandler {
    void handle(Socket socket, String event, Args args) throws Exception;
}
