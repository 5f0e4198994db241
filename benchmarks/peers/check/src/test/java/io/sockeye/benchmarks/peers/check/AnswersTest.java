// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of all servers that are compared, asked for by Socket.IO's own client: none is fast by doing less. */
@Tag("client")
class AnswersTest {
    private static final Path ROOT = Path.of("../../..").toAbsolutePath().normalize();
    private static final Path PEERS = ROOT.resolve("benchmarks/peers");
    private static final Path NODE = PEERS.resolve("node");

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Path installed = NODE.resolve("node_modules/.package-lock.json");
        Path wanted = NODE.resolve("package-lock.json");
        if (Files.notExists(installed)
                || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
            run(List.of("npm", "ci", "--no-audit", "--no-fund"));
        }
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                Arguments.of("Sockeye", sockeye("loop"), List.of("--raw")),
                Arguments.of("Sockeye", sockeye("loop"), List.of("--format", "msgpack")),
                Arguments.of("Sockeye", sockeye("threads"), List.of("--transport", "polling")),
                Arguments.of("Node socket.io", node("socketio.mjs"), List.of()),
                Arguments.of("Node socket.io", node("socketio.mjs"), List.of("--transport", "polling")),
                Arguments.of(
                        "Node socket.io", node("socketio.mjs", "--format", "msgpack"), List.of("--format", "msgpack")),
                Arguments.of("Node ws", node("ws.mjs"), List.of("--raw")),
                Arguments.of("netty-socketio", peer("netty-socketio"), List.of()),
                Arguments.of("Netty", peer("netty"), List.of("--raw")),
                Arguments.of("Vert.x", peer("vertx"), List.of("--raw")));
    }

    private static List<String> sockeye(String handlers) {
        return ServerProgram.java(
                ROOT.resolve("conformance"),
                "sockeye-conformance",
                "serve",
                "--profile",
                "bench",
                "--handlers",
                handlers);
    }

    private static List<String> node(String script, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("node", NODE.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> peer(String name) {
        return ServerProgram.java(PEERS.resolve(name), "sockeye-peer-" + name);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("servers")
    @Timeout(60)
    void areThoseThatLoadTestersExpect(String name, List<String> server, List<String> check)
            throws IOException, InterruptedException {
        try (ServerProgram program = ServerProgram.start(server)) {
            List<String> command = new ArrayList<>(List.of("node", "check.mjs", program.url()));
            command.addAll(check);
            run(command);
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(NODE.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
