// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The limit on what one process may have open. */
final class OpenFiles {
    private static final String LIMIT = "Max open files";
    private static final int OTHER_FILES = 500;

    private OpenFiles() {}

    /** How many connections a process may have. */
    static int allowedConnections() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                            .filter(line -> line.startsWith(LIMIT))
                            .map(line -> line.substring(LIMIT.length()).strip().split(" +", -1)[1])
                            .filter(hard -> !hard.equals("unlimited"))
                            .map(Integer::valueOf)
                            .findFirst()
                            .orElse(Integer.MAX_VALUE)
                    - OTHER_FILES;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
