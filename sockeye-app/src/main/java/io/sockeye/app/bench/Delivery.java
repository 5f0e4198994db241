// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A publish under way in a closed loop, with what is to come of it on each event loop. {@link #begin} is called by the one
 * thread that publishes next; {@link #arrived} by each loop for its own share.
 */
final class Delivery {
    private static final long NONE = -1;

    /** Between the shares, so that two loops do not write to one cache line. */
    private static final int APART = 16;

    private final AtomicLong stamp = new AtomicLong(NONE);
    private final AtomicInteger loopsLeft = new AtomicInteger();
    private final int[] left;

    Delivery(int loops) {
        left = new int[loops * APART];
    }

    /** A publish begins, of which so much is to come on each loop. */
    void begin(long newStamp, List<Integer> readersByLoop, int times) {
        int loops = 0;
        for (int loop = 0; loop < readersByLoop.size(); loop++) {
            left[loop * APART] = readersByLoop.get(loop) * times;
            loops += readersByLoop.get(loop) > 0 ? 1 : 0;
        }
        loopsLeft.set(loops);
        stamp.set(newStamp);
    }

    /** A message came. True if it was the last, and the caller is the one to publish next. */
    boolean arrived(long ofStamp, int loop) {
        return stamp.get() == ofStamp
                && --left[loop * APART] == 0
                && loopsLeft.decrementAndGet() == 0
                && stamp.compareAndSet(ofStamp, NONE);
    }

    /** Gives up a publish from before a time. True if there was one, and the caller is the one to publish next. */
    boolean overdue(long stampLimit) {
        long now = stamp.get();
        return now != NONE && now < stampLimit && stamp.compareAndSet(now, NONE);
    }
}
