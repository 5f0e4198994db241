// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.limits;

import io.sockeye.api.LimitHit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each bound was reached since the server started. Any thread. */
public final class LimitCounters {
    private final Map<LimitHit, LongAdder> counts = new EnumMap<>(LimitHit.class);

    /** Counters that are zero. */
    public LimitCounters() {
        for (LimitHit hit : LimitHit.values()) {
            counts.put(hit, new LongAdder());
        }
    }

    /** Counts one more. */
    public void count(LimitHit hit) {
        adder(hit).increment();
    }

    /** How often it was. */
    public long of(LimitHit hit) {
        return adder(hit).sum();
    }

    private LongAdder adder(LimitHit hit) {
        LongAdder adder = counts.get(hit);
        if (adder == null) {
            throw new IllegalStateException("expected a counter for each hit, found none for " + hit);
        }
        return adder;
    }

    /** All of them, in the order of their declaration. A snapshot. */
    public Map<LimitHit, Long> all() {
        Map<LimitHit, Long> all = new EnumMap<>(LimitHit.class);
        counts.forEach((hit, adder) -> all.put(hit, adder.sum()));
        return Collections.unmodifiableMap(all);
    }
}
