// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import io.sockeye.api.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Follows the handlers of one event. Both methods are called on the thread of the handler, which may be an event loop: nothing here may
 * wait. What they throw is logged, and the event goes on.
 */
public interface EventObserver {
    /**
     * A handler is about to be called.
     *
     * @return what {@link #ended} is to be given, or null
     */
    default @Nullable Object began(Socket socket) {
        return null;
    }

    /**
     * The handler has returned, and its acknowledgement is on its way. An asynchronous one has returned its stage.
     *
     * @param begun what {@link #began} returned; null if that threw
     * @param nanos how long it took
     * @param failure what it threw, a payload of another shape included; null if nothing
     */
    void ended(@Nullable Object begun, long nanos, @Nullable Throwable failure);
}
