// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts programs on cores of their own.
 *
 * @param pinned whether this machine can
 */
record Cores(boolean pinned) {
    private static final int SERVER = 0;
    private static final int TESTER = 1;

    static Cores ofThisMachine() {
        boolean taskset = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
        return new Cores(taskset && Files.exists(Path.of("/sys/devices/system/cpu/cpu" + TESTER)));
    }

    List<String> server(List<String> command) {
        return on(SERVER, command);
    }

    List<String> tester(List<String> command) {
        return on(TESTER, command);
    }

    private List<String> on(int core, List<String> command) {
        if (!pinned) {
            return command;
        }
        List<String> placed = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        placed.addAll(command);
        return placed;
    }
}
