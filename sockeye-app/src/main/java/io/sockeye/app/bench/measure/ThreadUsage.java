// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time of a thread.
 *
 * @param cpuNanos that it used
 * @param waitedNanos in which it was ready to run and had no processor; 0 where the system does not tell
 */
public record ThreadUsage(long cpuNanos, long waitedNanos) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Path SCHEDULE = Path.of("/proc/thread-self/schedstat");

    /** What the calling thread has used so far. */
    public static ThreadUsage ofThisThread() {
        return new ThreadUsage(THREADS.getCurrentThreadCpuTime(), scheduleDelay());
    }

    private static long scheduleDelay() {
        try {
            String[] fields = Files.readString(SCHEDULE).strip().split(" ", -1);
            return fields.length > 1 ? Long.parseLong(fields[1]) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
