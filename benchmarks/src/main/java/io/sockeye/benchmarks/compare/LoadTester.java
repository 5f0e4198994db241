// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the load tester, a process for each measurement.
 *
 * @param command starts it; mode and options are added
 */
record LoadTester(List<String> command, Cores cores) {
    private static final Duration BEYOND_MEASURING = Duration.ofSeconds(90);

    /** For how long a load is applied. */
    record Phases(Duration warmUp, Duration measured) {}

    /**
     * Applies a load to a server.
     *
     * @return the result
     * @throws IOException if nothing was measured; its message says why
     */
    JsonNode run(List<String> load, RunningServer server, Phases phases) throws IOException, InterruptedException {
        Path json = Files.createTempFile("sockeye-bench", ".json");
        Path output = Files.createTempFile("sockeye-bench", ".txt");
        try {
            List<String> complete = new ArrayList<>(command);
            complete.addAll(load);
            complete.addAll(List.of("--url", server.url(), "--server-pid", Long.toString(server.pid())));
            complete.addAll(List.of("--warmup", seconds(phases.warmUp()), "--duration", seconds(phases.measured())));
            complete.addAll(List.of("--quiet", "--json", json.toString()));
            Process process = new ProcessBuilder(cores.tester(complete))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Duration limit = phases.warmUp().plus(phases.measured()).plus(BEYOND_MEASURING);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("the load tester did not end within " + limit);
            }
            if (process.exitValue() != 0) {
                throw new IOException(Files.readString(output).strip());
            }
            return JsonMapper.shared().readTree(json);
        } finally {
            Files.deleteIfExists(json);
            Files.deleteIfExists(output);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
