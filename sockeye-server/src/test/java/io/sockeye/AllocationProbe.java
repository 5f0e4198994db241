// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import com.sun.management.ThreadMXBean;
import io.sockeye.testing.ChildJvm;
import io.sockeye.testing.ManyClients;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;

/**
 * A program that measures what operations of a hot path allocate, on all threads but that of the clients, and writes the bytes
 * of one operation. Its arguments are the name of a {@link HotPath}, the figure at which it may stop, and whether the events are
 * observed.
 */
/* A JVM of its own: the leak detector of other tests would be measured, and what the compiler has learned from them would make a
 * difference. The lowest of some rounds counts, as the first ones run what is not compiled yet.
 */
final class AllocationProbe {
    private static final int ROUNDS = 60;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationProbe() {}

    public static void main(String[] args) throws IOException {
        HotPath path = HotPath.valueOf(args[0]);
        double enough = Double.parseDouble(args[1]);
        double least = Double.MAX_VALUE;
        try (HotPath.Scene scene = path.open(Boolean.parseBoolean(args[2]))) {
            for (int round = 0; round < ROUNDS && least > enough; round++) {
                least = Math.min(least, bytesPerOperation(path, scene));
            }
        }
        ChildJvm.write(String.valueOf(least));
    }

    private static double bytesPerOperation(HotPath path, HotPath.Scene scene) {
        long[] threads = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && !thread.getThreadName().equals(ManyClients.THREAD))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        long[] before = THREADS.getThreadAllocatedBytes(threads);
        long operations = path.round(scene);
        long[] after = THREADS.getThreadAllocatedBytes(threads);
        long sum = 0;
        for (int i = 0; i < threads.length; i++) {
            // A thread that has ended has -1.
            sum += Math.max(0, after[i] - before[i]);
        }
        return (double) sum / operations;
    }
}
