// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Adds header fields to answers. Called on an event loop as the request comes: it must not block, since all clients of the loop
 * wait.
 */
@FunctionalInterface
public interface ResponseHeaders {
    /**
     * The fields to add, {@link Headers#of()} for none. An exception is logged, and the answer leaves without them.
     *
     * @param request its head; the body has not been read
     */
    Headers headers(HttpRequest request);
}
