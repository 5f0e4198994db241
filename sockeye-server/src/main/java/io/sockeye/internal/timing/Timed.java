// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.timing;

import org.jspecify.annotations.Nullable;

/**
 * Something with a deadline on a {@link TimerWheel}. It carries the wheel's links itself, so that waiting costs no object.
 * Event loop only.
 */
public abstract class Timed {
    @Nullable
    Timed previous;

    @Nullable
    Timed next;

    /** The wheel's list that it is in; negative while it is on no wheel. */
    int slot = -1;

    long deadlineTick;

    /** Whether it waits on a wheel. */
    public final boolean scheduled() {
        return slot >= 0;
    }

    /** Called on the loop when the deadline has passed. The wheel has let go of it; it may be scheduled again. */
    protected abstract void onDeadline();
}
