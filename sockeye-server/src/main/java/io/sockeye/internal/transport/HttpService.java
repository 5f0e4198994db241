// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

/** Takes the requests of a server. Called on the loop of the connection, once the head is complete. Must not block. */
@FunctionalInterface
public interface HttpService {
    void handle(HttpExchange exchange);
}
