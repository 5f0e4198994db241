// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was measured on.
 *
 * @param cores how many this program may use when it is not pinned
 * @param serverJava the JDK of the servers
 */
record Machine(String processor, int cores, long memoryGigabytes, String kernel, String serverJava, String node) {
    private static final long KILOBYTES_PER_GIGABYTE = 1_048_576;

    static Machine here(Path serverJava) throws IOException {
        return new Machine(
                field("/proc/cpuinfo", "model name").orElse("unknown processor"),
                processors(),
                Math.round(field("/proc/meminfo", "MemTotal")
                                .map(value -> Double.parseDouble(value.replaceAll("\\D", "")))
                                .orElse(0.0)
                        / KILOBYTES_PER_GIGABYTE),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                firstLine(List.of(serverJava.toString(), "--version")),
                firstLine(List.of("node", "--version")));
    }

    private static int processors() throws IOException {
        return (int) Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("processor"))
                .count();
    }

    private static Optional<String> field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static String firstLine(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.lines().findFirst().orElse("unknown");
    }

    @Override
    public String toString() {
        return "%s, %d cores, %d GB, %s; servers on %s, Node %s"
                .formatted(processor, cores, memoryGigabytes, kernel, serverJava, node);
    }
}
