// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The server under attack, in a process of its own with a small heap. It ends with this one. One thread only, but for {@link #residentKib}. */
final class ServerProcess implements AutoCloseable {
    private static final int ANSWER_SECONDS = 30;
    private static final int END_SECONDS = 10;

    private final Process process;
    private final Thread ending;
    private final BufferedReader answers;
    private final int port;

    private ServerProcess(Process process, Thread ending) throws IOException {
        this.process = process;
        this.ending = ending;
        this.answers = process.inputReader();
        this.port = Integer.parseInt(answer(line -> line.startsWith("ready ")).split(" ", -1)[1]);
    }

    /**
     * Starts it with the class path of this program.
     *
     * @param log what it writes is put there
     */
    static ServerProcess start(Path log, String heap) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--public-key=" + ForgedTokens.publicKey())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Thread ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return new ServerProcess(process, ending);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    int port() {
        return port;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** How it ended: 3 if it ran out of memory. To be called when it has. */
    int status() {
        return process.exitValue();
    }

    /** Asks the server how it is. */
    Vitals vitals() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Vitals.of(answer(Vitals::isLine));
    }

    private String answer(Predicate<String> expected) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> next(expected)).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("the server does not answer", e);
        }
    }

    private String next(Predicate<String> expected) {
        try {
            String line = answers.readLine();
            while (line != null && !expected.test(line)) {
                line = answers.readLine();
            }
            if (line == null) {
                throw new IOException("it has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files and connections it has open. */
    int openFiles() {
        String[] names = new File("/proc/" + process.pid() + "/fd").list();
        return names == null ? 0 : names.length;
    }

    /** The memory that the operating system counts for it; 0 if it has ended. */
    long residentKib() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
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
