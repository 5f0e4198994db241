// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of a Node script of the page's folder, with all it prints. */
final class NodeScript {
    private static final Path WEB = Path.of("web");

    private NodeScript() {}

    /** How a script ended. */
    record Outcome(int status, String output) {}

    /**
     * Runs a script to its end.
     *
     * @param onLine told each line that the script prints, as it comes
     */
    static Outcome run(String script, Map<String, String> environment, Consumer<String> onLine)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("node", script)
                .directory(WEB.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(
                () -> collect(process, onLine), task -> new Thread(task, "output of " + script).start());
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Outcome(process.exitValue(), output.join());
    }

    private static String collect(Process process, Consumer<String> onLine) {
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                onLine.accept(line);
            }
        } catch (IOException e) {
            output.append("the output ended: ").append(e).append('\n');
        }
        return output.toString();
    }
}
