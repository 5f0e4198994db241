// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.util.ArrayList;
import java.util.List;

/** The connections of one loop that were written to in this turn. Loop only. */
/* As in a walk over members, what is far from the cache is fetched for a few connections at a time. */
final class LoopFlusher {
    private static final int LOOK_AHEAD = 16;

    private ArrayList<Target> waiting = new ArrayList<>();
    private ArrayList<Target> flushing = new ArrayList<>();

    /** Only here for {@link #lookAt} to have an effect: what has none is not compiled. */
    int idle;

    /** Remembers a connection. It adds itself once only, until it is flushed. */
    void add(Target target) {
        waiting.add(target);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Flushes each once. What is written meanwhile waits for the next call. */
    void flush() {
        ArrayList<Target> targets = waiting;
        waiting = flushing;
        flushing = targets;
        int count = targets.size();
        for (int start = 0; start < count; start += LOOK_AHEAD) {
            int end = Math.min(start + LOOK_AHEAD, count);
            lookAt(targets, start, end);
            for (int i = start; i < end; i++) {
                targets.get(i).flushNow();
            }
        }
        targets.clear();
    }

    private void lookAt(List<Target> targets, int start, int end) {
        for (int i = start; i < end; i++) {
            if (targets.get(i).looksIdle()) {
                idle++;
            }
        }
    }

    /** What can be flushed. */
    interface Target {
        /** Sends what was written. Must not throw. */
        void flushNow();

        /** Whether it looks as if nothing from before is still to be sent. */
        boolean looksIdle();
    }
}
