// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Args;

/** Sees every event of a namespace that got past the middleware, whether it has a handler or not. */
@FunctionalInterface
public interface AnyHandler {
    void handle(Socket socket, String event, Args args) throws Exception;
}
