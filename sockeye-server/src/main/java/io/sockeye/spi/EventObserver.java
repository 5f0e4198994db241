// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import io.sockeye.api.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Follows the handlers of one event. Called on the thread of the handler, which may be an event loop: nothing here may wait. What the
 * methods throw is logged, and the event goes on.
 */
public interface EventObserver {
    /**
     * A handler is about to be called.
     *
     * @return what the other methods are to be given, or null
     */
    default @Nullable Object began(Socket socket) {
        return null;
    }

    /**
     * The handler has returned, or thrown. An asynchronous one may not have answered yet.
     *
     * @param begun what {@link #began} returned; null if that threw
     */
    default void returned(@Nullable Object begun) {}

    /**
     * The handler has ended, and its acknowledgement is on its way: called after {@link #returned}, for an asynchronous one when its stage
     * completes, on the thread that completes it. A stage that never completes never ends.
     *
     * @param begun what {@link #began} returned; null if that threw
     * @param nanos how long it took
     * @param failure what it threw or completed with, a payload of another shape included; null if nothing
     */
    void ended(@Nullable Object begun, long nanos, @Nullable Throwable failure);
}
