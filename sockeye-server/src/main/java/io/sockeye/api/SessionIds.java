// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Makes the ids of sessions. Who knows the id of a session can send and receive in its client's name: use a secure source of
 * randomness, with 96 bits or more. Called on a handler thread, where it may block, for several clients at the same time.
 */
@FunctionalInterface
public interface SessionIds {
    /**
     * A new id: from 1 to 256 visible ASCII characters without quotes and backslashes, different from those of all open sessions.
     *
     * @param request the request that opens the session
     * @throws Exception if there is none. As with an id that cannot be used, it is logged, and the client is told status 400, code
     *     3, {@code Bad request}
     */
    String newId(HttpRequest request) throws Exception;
}
