// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** A handler of one socket, or a task that is to come, so that it can be taken away again. Any thread. */
@FunctionalInterface
public interface Registration {
    /**
     * Takes the handler away: it is not called any more, not even for the event that is being handled, unless it is running.
     *
     * @return whether this call did it; false if it was done before, or if the handler was registered with {@code once} and has
     *     been called
     */
    boolean remove();
}
