// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server under test, in a process of its own that ends with this one. One thread only. */
final class RunningServer implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int END_SECONDS = 10;

    private final Process process;
    private final Thread ending;
    private final int port;
    private final long pid;

    private RunningServer(Process process, Thread ending, String[] ready) {
        this.process = process;
        this.ending = ending;
        this.port = Integer.parseInt(ready[1]);
        this.pid = Long.parseLong(ready[2]);
    }

    /** Starts a server and waits until it listens. */
    static RunningServer start(Contestant contestant, boolean messagePack, Cores cores) throws IOException {
        List<String> command = new ArrayList<>(contestant.command());
        command.addAll(List.of("--port", Integer.toString(freePort())));
        if (messagePack) {
            command.addAll(contestant.messagePackArguments());
        }
        ProcessBuilder builder =
                new ProcessBuilder(cores.server(command)).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(contestant.environment());
        Process process = builder.start();
        Thread ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
        BufferedReader output = process.inputReader();
        try {
            String[] ready = CompletableFuture.supplyAsync(() -> readyLine(output))
                    .get(START_SECONDS, TimeUnit.SECONDS)
                    .split(" ", -1);
            return new RunningServer(process, ending, ready);
        } catch (Exception e) {
            process.destroyForcibly();
            throw new IOException("the server does not listen: " + String.join(" ", command), e);
        }
    }

    private static String readyLine(BufferedReader output) {
        try {
            String line = output.readLine();
            while (line != null && !line.startsWith("ready ")) {
                line = output.readLine();
            }
            if (line == null) {
                throw new IOException("it has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    long pid() {
        return pid;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(ending);
    }
}
