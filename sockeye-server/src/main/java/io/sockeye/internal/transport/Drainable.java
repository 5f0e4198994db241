// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

/** A connection that can be asked to end once nothing of it is under way. */
public interface Drainable {
    /** Any thread. */
    Loop loop();

    /** Whether nobody has ended it yet. Any thread. */
    boolean isOpen();

    /** Whether something that the client sent is still being handled. Loop only. */
    boolean busy();

    /** Ends it behind what was sent, in a way that makes the client come back. Loop only. */
    void goAway();
}
