// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.measure;

/** Nanoseconds since the start of a run. Any thread. */
public final class RunClock {
    private final long start = System.nanoTime();

    /** The time now. */
    public long nanos() {
        return System.nanoTime() - start;
    }
}
