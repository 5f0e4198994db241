// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Decides whether a client may open a session, by the request that would open it. Called on a handler thread, where it may block,
 * for several clients at the same time; the requests of an open session are not asked about.
 */
@FunctionalInterface
public interface RequestCheck {
    /**
     * Returns if the client may come.
     *
     * @throws ConnectRefused to refuse it; its message is the answer (status 403 and code 4 over HTTP, status 400 to a request for
     *     a WebSocket), and {@code Forbidden} in the place of an empty one. Its data is not sent
     * @throws Exception to refuse it as well: it is logged, and the client is told no more than {@code Forbidden}
     */
    void check(HttpRequest request) throws Exception;
}
