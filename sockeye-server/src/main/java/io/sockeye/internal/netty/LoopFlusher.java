// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import java.util.ArrayList;

/** The connections of one loop that were written to in this turn. Loop only. */
final class LoopFlusher {
    private ArrayList<Target> waiting = new ArrayList<>();
    private ArrayList<Target> flushing = new ArrayList<>();

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
        for (int i = 0; i < targets.size(); i++) {
            targets.get(i).flushNow();
        }
        targets.clear();
    }

    /** What can be flushed. */
    interface Target {
        /** Sends what was written. Must not throw. */
        void flushNow();
    }
}
