// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Sees every request for the Socket.IO path before the server does: those that open a session, polls, posts, and requests for a
 * WebSocket. Called on a handler thread, where it may block, for several requests at the same time, also of one client.
 */
@FunctionalInterface
public interface RequestMiddleware {
    /**
     * Lets the request pass.
     *
     * @param request its head; the body has not been read
     * @return header fields for the answer, also if that is an error; {@link Headers#of()} for none
     * @throws Exception to refuse the request: the client is told status 400, code 3, {@code Bad request}. A {@link ConnectRefused}
     *     is expected, anything else is logged as a fault
     */
    Headers handle(HttpRequest request) throws Exception;
}
