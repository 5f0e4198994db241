// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BroadcastLoadTest {
    private static final int CLIENTS = 500;
    private static final int OTHERS = 1_000;
    private static final int PUBLISHERS = 4;
    private static final int MESSAGES = 40;

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Lets a few connect at the same time. */
    private final Semaphore connecting = new Semaphore(16);

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Work of a client that may fail. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private CompletableFuture<Void> run(Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                threads);
    }

    private SocketIoClient connect(boolean polling) throws IOException, InterruptedException {
        connecting.acquire();
        try {
            return polling ? SocketIoClient.connectPolling(running.port()) : SocketIoClient.connect(running.port());
        } finally {
            connecting.release();
        }
    }

    /** Takes all messages: those of each publisher in order, none twice, none missing. */
    private void listen(boolean polling) throws IOException, InterruptedException {
        try (SocketIoClient client = connect(polling)) {
            client.send("2['listen']");
            int[] next = new int[PUBLISHERS];
            for (int count = 0; count < PUBLISHERS * MESSAGES; count++) {
                String[] parts = client.next().split("[,\\]]", -1);
                int publisher = Integer.parseInt(parts[1]);
                assertThat(Integer.parseInt(parts[2])).isEqualTo(next[publisher]++);
            }
            client.send("20['last']").expect("30[]");
        }
    }

    private void comeAndGo(int number) throws IOException, InterruptedException {
        try (SocketIoClient client = connect(number % 5 == 0)) {
            if (number % 2 == 0) {
                client.send("2['visit']");
            }
            if (number % 3 == 0) {
                client.send("1");
            }
        }
    }

    @Test
    void aBroadcastToManyOnBothTransportsArrivesExactlyOnceAndInOrderWhileOthersComeAndGo() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder()
                        .eventLoops(3)
                        .pingInterval(Duration.ofSeconds(60))
                        .pingTimeout(Duration.ofSeconds(1)),
                s -> s.namespace("/")
                        .on("listen", Void.class, (socket, nothing) -> socket.join("news", "more"))
                        .on("visit", Void.class, (socket, nothing) -> socket.join("visitors", "more"))
                        .on("last", Void.class, (socket, nothing) -> {}));
        List<CompletableFuture<Void>> listeners = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            boolean polling = i % 2 == 0;
            listeners.add(run(() -> listen(polling)));
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> server.namespace("/").members("news") == CLIENTS);
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            int number = i;
            others.add(run(() -> comeAndGo(number)));
        }
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            others.add(run(() -> publish(server, publisher)));
        }
        CompletableFuture.allOf(listeners.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        // Polling clients that broke off between two polls are noticed by the heartbeat only.
        assertThat(server.namespace("/").members("news")).isLessThanOrEqualTo(CLIENTS / 2);
    }

    private static void publish(Sockeye server, int publisher) {
        for (int i = 0; i < MESSAGES; i++) {
            server.namespace("/").to("news", "more").except("visitors").emit("m", publisher, i);
        }
    }
}
