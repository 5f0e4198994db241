// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a script in {@code src/test/node}: a real Socket.IO client against a server of the test. */
final class NodeClient {
    private static final Path HOME = Path.of("src/test/node");
    private static final String READY = "ready";

    private NodeClient() {}

    /** Runs a script to its end; fails with its output unless it ends well. */
    static void run(String script, int port) throws Exception {
        run(script, port, () -> {});
    }

    /** The same; calls back when the script prints {@code ready}. */
    static void run(String script, int port, Runnable onReady) throws Exception {
        install();
        Process node = start("node", script, "http://localhost:" + port);
        List<String> output = new ArrayList<>();
        try (BufferedReader lines = node.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.equals(READY)) {
                    onReady.run();
                }
            }
            assertThat(node.waitFor(30, TimeUnit.SECONDS))
                    .as("%s ends: %s", script, output)
                    .isTrue();
            assertThat(node.exitValue()).as(String.join("\n", output)).isZero();
        } finally {
            node.destroyForcibly();
        }
    }

    private static void install() throws IOException, InterruptedException {
        if (Files.notExists(HOME.resolve("node_modules"))) {
            Process npm = start("npm", "ci", "--no-audit", "--no-fund");
            assertThat(npm.waitFor(2, TimeUnit.MINUTES) && npm.exitValue() == 0)
                    .as("npm ci in %s", HOME.toAbsolutePath())
                    .isTrue();
        }
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .start();
    }
}
