// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processor time and memory of a process as Linux accounts for them, in /proc. Any thread.
 *
 * @param userMicros time in the program, in microseconds, exact to a clock tick (10 ms)
 * @param systemMicros time in the kernel
 * @param rssBytes resident memory
 */
public record ProcessUsage(long userMicros, long systemMicros, long rssBytes) {
    /** Linux shows times in ticks of 100 a second to programs, on all architectures that a JDK runs on. */
    private static final long MICROS_A_TICK = 10_000;

    private static final String RSS = "VmRSS:";

    /**
     * What a process has used so far.
     *
     * @throws IOException if there is no such process, or no /proc
     */
    public static ProcessUsage read(long pid) throws IOException {
        Path directory = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(directory.resolve("stat"));
        // The name, in parentheses, may hold spaces: the third field is the first behind it.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        long user = Long.parseLong(fields.get(11));
        long system = Long.parseLong(fields.get(12));
        return new ProcessUsage(user * MICROS_A_TICK, system * MICROS_A_TICK, rss(directory));
    }

    /** User and system time together. */
    public long cpuMicros() {
        return userMicros + systemMicros;
    }

    private static long rss(Path directory) throws IOException {
        for (String line : Files.readAllLines(directory.resolve("status"))) {
            if (line.startsWith(RSS)) {
                String kilobytes =
                        line.substring(RSS.length(), line.lastIndexOf(' ')).strip();
                return Long.parseLong(kilobytes) * 1024;
            }
        }
        return 0;
    }
}
