// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The load tester against Node.js Socket.IO. */
@Tag("client")
class ReferenceServerTest {
    @ParameterizedTest
    @CsvSource({
        "echo, websocket, json",
        "echo, polling, json",
        "echo, upgrade, json",
        "echo, websocket, msgpack",
        "echo, polling, msgpack",
        "echo, upgrade, msgpack",
        "broadcast, websocket, json",
        "bursts, websocket, msgpack",
        "rooms, polling, json",
        "storm, websocket, json",
        "storm, polling, msgpack",
        "idle, upgrade, json"
    })
    void eachModeSpeaksToTheReference(String mode, String transport, String format) throws Exception {
        Process process = new ProcessBuilder("node", "e2e/reference/bench.mjs", format)
                .directory(Path.of("web").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            List<String> ready = ready(process);
            BenchRun run = BenchRun.of(
                    "http://127.0.0.1:" + ready.get(1),
                    mode,
                    "--transport",
                    transport,
                    "--format",
                    format,
                    "--concurrency",
                    "5",
                    "--server-pid",
                    ready.get(2));

            assertThat(run.status()).isZero();
            assertThat(run.number("operations") > 0).isEqualTo(!mode.equals("idle"));
            assertThat(run.number("missing")).isZero();
            assertThat(run.result().get("server").get("rssBytesAfter").asLong()).isPositive();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static List<String> ready(Process process) throws IOException {
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            assertThat(line).as("the reference starts").startsWith("ready ");
            return List.of(line.split(" "));
        }
    }
}
