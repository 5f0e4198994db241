// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A test script for Node, which is run as a child process and fails with what it printed. */
record NodeScript(Path file) {
    private static final Path HOME = Path.of("src/test/node").toAbsolutePath();
    private static final Duration INSTALL_TIME = Duration.ofMinutes(2);
    private static final Duration RUN_TIME = Duration.ofMinutes(2);

    /** The scripts of a suite, which is a directory. */
    static Stream<NodeScript> ofSuite(String suite) throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve(suite))) {
            return files
                    .filter(file -> file.toString().endsWith(".test.mjs"))
                    .sorted()
                    .map(NodeScript::new)
                    .toList()
                    .stream();
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    /** Runs the script with these variables in its environment. */
    void run(Map<String, String> variables) throws IOException, InterruptedException {
        install();
        run(RUN_TIME, variables, "node", file.toString());
    }

    /** Starts a program, which is named from the home of the scripts. What it says of faults goes where ours does. */
    static Process start(String program) throws IOException, InterruptedException {
        install();
        return new ProcessBuilder("node", program)
                .directory(HOME.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Installs the packages, if those that are installed are not those of the lock file. */
    private static void install() throws IOException, InterruptedException {
        Path installed = HOME.resolve("node_modules/.package-lock.json");
        Path wanted = HOME.resolve("package-lock.json");
        if (Files.notExists(installed)
                || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
            run(INSTALL_TIME, Map.of(), "npm", "ci", "--no-audit", "--no-fund");
        }
    }

    private static void run(Duration time, Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("sockeye-node", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                fail("%s did not end within %s:%n%s", String.join(" ", command), time, Files.readString(output));
            }
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public String toString() {
        return HOME.relativize(file).toString();
    }
}
