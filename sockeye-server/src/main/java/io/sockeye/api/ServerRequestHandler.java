// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import org.jspecify.annotations.Nullable;

/** Answers a request that another server sent to this one. A failure is logged; the other server gets no answer. */
@FunctionalInterface
public interface ServerRequestHandler<T, R extends @Nullable Object> {
    R handle(T payload) throws Exception;
}
