// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import org.jspecify.annotations.Nullable;

/** Answers one request of a socket: what it returns is the acknowledgement. */
@FunctionalInterface
public interface RequestHandler<T, R extends @Nullable Object> {
    /**
     * The reply. Null is sent as JSON null.
     *
     * @throws RequestFailed to answer with a public error
     */
    R handle(Socket socket, T payload) throws Exception;
}
