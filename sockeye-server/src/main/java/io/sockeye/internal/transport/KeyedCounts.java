// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import java.util.concurrent.ConcurrentHashMap;

/** How many there are of each key, up to a limit. A key whose count is zero is not kept. Any thread. */
public final class KeyedCounts {
    private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
    private final int limit;

    public KeyedCounts(int limit) {
        this.limit = limit;
    }

    /** Counts one more, unless there are as many as the limit allows. */
    public boolean enter(String key) {
        boolean[] entered = {false};
        counts.compute(key, (same, count) -> {
            int present = count == null ? 0 : count;
            entered[0] = present < limit;
            return entered[0] ? Integer.valueOf(present + 1) : count;
        });
        return entered[0];
    }

    /** Counts one less. */
    public void leave(String key) {
        counts.computeIfPresent(key, (same, count) -> count <= 1 ? null : count - 1);
    }

    /** Whether there are as many of a key as the limit allows. */
    public boolean full(String key) {
        return counts.getOrDefault(key, 0) >= limit;
    }

    /** How many keys are kept. */
    public int size() {
        return counts.size();
    }
}
