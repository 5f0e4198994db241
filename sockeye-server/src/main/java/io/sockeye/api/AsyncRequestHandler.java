// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers one request of a socket later: what the stage completes with is the acknowledgement. */
@FunctionalInterface
public interface AsyncRequestHandler<T, R extends @Nullable Object> {
    /** The reply to come. The next event of the socket does not wait for it. */
    CompletionStage<R> handle(Socket socket, T payload) throws Exception;
}
