// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.event.Request;
import io.sockeye.internal.core.NamespaceImpl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Connects, joins, leaves and disconnects very often, on real connections to a server of this process, and compares the memory
 * in use after a first part with that at the end. Fails if it grew, or if anything of a client is left.
 */
@Command(
        name = "soak",
        description = "Looks for leaks: many clients come, join rooms, and go.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {
    private static final Request<String, Integer> JOIN = Request.of("join", String.class, Integer.class);
    private static final String LEFT = "42[\"left\"";
    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final int WARM_UP_SHARE = 5;

    @Option(names = "--cycles", description = "Sockets that connect and go. Default: ${DEFAULT-VALUE}.")
    private int cycles = 1_000_000;

    @Option(names = "--connections", description = "Connections at the same time. Default: ${DEFAULT-VALUE}.")
    private int connections = 8;

    @Option(names = "--cycles-per-connection", description = "Sockets on one connection. Default: ${DEFAULT-VALUE}.")
    private int cyclesPerConnection = 200;

    @Option(names = "--max-growth", description = "KiB the heap may grow by. Default: ${DEFAULT-VALUE}.")
    private int maxGrowth = 2_048;

    @Override
    public Integer call() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try (Sockeye server = Sockeye.builder().host("127.0.0.1").port(0).build()) {
            declare(server.namespace("/"));
            server.start();
            run(clients, server.port(), cycles / WARM_UP_SHARE);
            boolean clean = settled(server);
            long before = usedKibibytes();
            long started = System.nanoTime();
            int measured = cycles - cycles / WARM_UP_SHARE;
            run(clients, server.port(), measured);
            double seconds = (System.nanoTime() - started) / 1e9;
            clean &= settled(server);
            long growth = usedKibibytes() - before;
            System.out.printf(
                    "%d cycles in %.1f s, %.0f a second; heap %d KiB, then %+d KiB (at most %d)%n",
                    measured, seconds, measured / seconds, before, growth, maxGrowth);
            return clean && growth <= maxGrowth ? 0 : 1;
        } finally {
            clients.shutdownNow();
        }
    }

    private static void declare(Namespace namespace) {
        namespace
                .use(handshake -> handshake.attach(String.class, handshake.url()))
                .on(JOIN, (socket, room) -> {
                    socket.join(room, "everybody");
                    socket.leave("everybody");
                    socket.join("lobby");
                    return socket.rooms().size();
                })
                .onDisconnect((socket, reason) -> socket.to("lobby").emit("left", socket.id()));
    }

    private void run(ExecutorService clients, int port, int total) {
        int rounds = Math.max(1, total / cyclesPerConnection);
        CompletableFuture<?>[] all = IntStream.range(0, rounds)
                .mapToObj(round -> CompletableFuture.runAsync(() -> runConnection(port, round), clients))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }

    /** One connection: its last socket leaves without a word every other time. */
    private void runConnection(int port, int round) {
        try (SoakClient client = SoakClient.connect(port)) {
            for (int i = 0; i < cyclesPerConnection; i++) {
                client.add("40");
                client.flush();
                client.expectPast("40{", LEFT);
                client.add("420[\"join\",\"room" + round + "-" + i + "\"]");
                client.flush();
                client.expectPast("430[3]", LEFT);
                if (i < cyclesPerConnection - 1 || round % 2 == 0) {
                    client.add("41");
                }
            }
            client.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server has let go of all clients; says what is left if it does not. */
    private static boolean settled(Sockeye server) throws IOException, InterruptedException {
        NamespaceImpl namespace = (NamespaceImpl) server.namespace("/");
        long deadline = System.nanoTime() + SETTLING.toNanos();
        while (!empty(server, namespace) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        System.out.printf("left: %d rooms, %s%n", namespace.roomCount(), health(server));
        return empty(server, namespace);
    }

    private static boolean empty(Sockeye server, NamespaceImpl namespace) throws IOException {
        String health = health(server);
        return namespace.roomCount() == 0 && health.contains("\"sockets\":0,") && health.contains("\"sessions\":0,");
    }

    private static String health(Sockeye server) throws IOException {
        URL url = URI.create("http://127.0.0.1:" + server.port() + "/health").toURL();
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The live heap. */
    private static long usedKibibytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_024);
        }
        return least;
    }
}
