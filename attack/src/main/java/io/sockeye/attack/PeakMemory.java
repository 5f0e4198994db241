// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.util.concurrent.atomic.AtomicLong;

/** Looks at the memory of a process ten times a second. Any thread. */
final class PeakMemory implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 100;

    private final AtomicLong peak = new AtomicLong();
    private final Thread thread;

    PeakMemory(ServerProcess process) {
        thread = new Thread(() -> watch(process), "peak-memory");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(ServerProcess process) {
        try {
            while (true) {
                peak.accumulateAndGet(process.residentKib(), Math::max);
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long peakMib() {
        return peak.get() / 1024;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
