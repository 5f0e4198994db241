// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that runs in a process of its own. */
final class ServerProgram implements AutoCloseable {
    private final Process process;
    private final String url;

    private ServerProgram(Process process, int port) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
    }

    static List<String> java(Path home, String name, String... arguments) {
        String jar = home.resolve("target").resolve(name + ".jar").toString();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar", jar));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts one and waits until it listens. */
    static ServerProgram start(List<String> command) throws IOException {
        int port = freePort();
        List<String> complete = new ArrayList<>(command);
        complete.addAll(List.of("--port", Integer.toString(port)));
        Process process = new ProcessBuilder(complete)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith("ready " + port + " ")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("it did not start: " + complete);
        }
        return new ServerProgram(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
