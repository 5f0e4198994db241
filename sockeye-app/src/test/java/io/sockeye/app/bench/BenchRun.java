// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of the command.
 *
 * @param status the exit status
 * @param result what it wrote as JSON, or a missing node if it wrote nothing
 */
record BenchRun(int status, JsonNode result) {
    /** Runs it with a short measured phase and no warm-up, unless the arguments say otherwise. */
    static BenchRun of(String url, String... arguments) throws IOException {
        Path json = Files.createTempFile("sockeye-bench", ".json");
        try {
            List<String> all = new ArrayList<>(List.of(arguments));
            all.addAll(List.of("--url", url, "--json", json.toString(), "--quiet"));
            addDefault(all, "--warmup", "0s");
            addDefault(all, "--duration", "400ms");
            addDefault(all, "--connections", "20");
            int status = new CommandLine(new BenchCommand())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .execute(all.toArray(String[]::new));
            return new BenchRun(status, JsonMapper.shared().readTree(Files.readAllBytes(json)));
        } finally {
            Files.delete(json);
        }
    }

    long number(String field) {
        return result.get(field).asLong();
    }

    double latency(String field) {
        return result.get("latencyMicros").get(field).asDouble();
    }

    private static void addDefault(List<String> arguments, String option, String value) {
        if (!arguments.contains(option)) {
            arguments.add(option);
            arguments.add(value);
        }
    }
}
