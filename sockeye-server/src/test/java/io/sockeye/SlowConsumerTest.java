// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.api.Socket;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import io.sockeye.testing.WebSocketEngineClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One client of a room stops reading while much is sent to it. */
class SlowConsumerTest {
    private static final int MESSAGES = 4_000;
    private static final int MESSAGE_BYTES = 10_000;
    private static final String FILLING = "x".repeat(MESSAGE_BYTES);

    /** What both kernels and the channel may hold, and the outbox. */
    private static final long OUTBOX_BYTES = 200_000;

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> ends = new ConcurrentLinkedQueue<>();
    private Sockeye server;

    /** Guarded by this. */
    private int read;

    private void start(SlowConsumerPolicy policy) {
        server = running.start(
                Sockeye.builder().eventLoops(2).outboxLimits(OUTBOX_BYTES, 100).slowConsumerPolicy(policy),
                s -> s.namespace("/").onDisconnect((socket, reason) -> ends.add(reason.text())));
    }

    private SocketIoClient connectLazy(boolean polling) throws IOException {
        return polling
                ? running.connectPolling()
                : running.closing(new SocketIoClient(WebSocketEngineClient.open(running.port(), 4_096, "")))
                        .join("/");
    }

    private String health() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
        try (RawHttpClient http = RawHttpClient.connect(address)) {
            return http.request("GET", "/health").read().body();
        }
    }

    private long counter(String name) throws IOException {
        String health = health();
        String begin = "\"" + name + "\":";
        return Long.parseLong(
                health.substring(health.indexOf(begin) + begin.length()).split("[,}]", -1)[0]);
    }

    static Stream<Arguments> policiesAndTransports() {
        return Stream.of(SlowConsumerPolicy.values())
                .filter(policy -> policy != SlowConsumerPolicy.PAUSE_PUBLISHER)
                .flatMap(policy -> Stream.of(Arguments.of(policy, false), Arguments.of(policy, true)));
    }

    @ParameterizedTest(name = "{0}, polling {1}")
    @MethodSource("policiesAndTransports")
    void aClientThatDoesNotReadIsDealtWithAndTheOthersNoticeNothing(SlowConsumerPolicy policy, boolean polling)
            throws Exception {
        start(policy);
        SocketIoClient lazy = connectLazy(polling);
        SocketIoClient busy = running.connect();
        CompletableFuture<Void> reader = OwnThread.run(() -> readAll(busy));
        long before = usedAfterCollection();
        for (int i = 0; i < MESSAGES; i++) {
            server.namespace("/").emit("n", i, FILLING);
            waitForReader(reader, i);
        }
        reader.get(30, TimeUnit.SECONDS);
        assertThat(usedAfterCollection() - before).isLessThan(MESSAGES * (long) MESSAGE_BYTES / 2);
        if (policy == SlowConsumerPolicy.DISCONNECT) {
            await().untilAsserted(() -> assertThat(ends).containsExactly("slow consumer"));
            assertThat(counter("slowConsumers")).isEqualTo(1);
            assertThat(counter("sessions")).isEqualTo(1);
        } else {
            assertThat(ends).isEmpty();
            assertThat(counter("droppedPackets")).isPositive();
            assertGap(lazy, policy);
        }
    }

    private synchronized void setRead(int number) {
        read = number;
        notifyAll();
    }

    /** Keeps the sender no more than a few messages ahead of the client that reads. */
    private synchronized void waitForReader(CompletableFuture<Void> reader, int sent) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sent - read > 10 && !reader.isDone() && System.nanoTime() < deadline) {
            wait(100);
        }
    }

    private void readAll(SocketIoClient client) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                client.expect("2['n'," + i + ",'" + FILLING + "']");
                setRead(i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that were not dropped arrive in order: the first without a gap, or the last. */
    private void assertGap(SocketIoClient lazy, SlowConsumerPolicy policy) throws IOException {
        boolean newest = policy == SlowConsumerPolicy.DROP_NEWEST;
        int last = -1;
        for (String packet = lazy.next(); !packet.equals("2[\"end\"]"); packet = lazy.next()) {
            int number = Integer.parseInt(packet.split(",", -1)[1]);
            assertThat(number).isGreaterThan(last);
            assertThat(newest && number != last + 1).isFalse();
            last = number;
            if (newest || number == MESSAGES - 1) {
                server.namespace("/").to(lazy.id()).emit("end");
            }
        }
        assertThat(last).isEqualTo(newest ? last : MESSAGES - 1).isLessThan(newest ? MESSAGES - 1 : MESSAGES);
    }

    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aThreadThatAsksWaitsForTheClientAsOneThatSendsDoes() throws Exception {
        server = running.start(
                Sockeye.builder().outboxLimits(1_000_000, 4).slowConsumerPolicy(SlowConsumerPolicy.PAUSE_PUBLISHER),
                s -> s.namespace("/").onDisconnect((socket, reason) -> ends.add(reason.text())));
        SocketIoClient behind = running.connectPolling();
        Socket socket = server.namespace("/").sockets().iterator().next();
        Thread asking = new Thread(() -> {
            for (int i = 0; i < 50; i++) {
                socket.request("q", Integer.class, Duration.ofSeconds(30), i).exceptionally(failure -> 0);
            }
        });
        asking.start();
        await().until(() -> !asking.isAlive() || asking.getState() == Thread.State.TIMED_WAITING);
        assertThat(asking.isAlive()).isTrue();
        for (int i = 0; i < 50; i++) {
            assertThat(behind.next()).matches("2\\d+\\[\"q\"," + i + "]");
        }
        asking.join(10_000);
        assertThat(asking.isAlive()).isFalse();
        assertThat(ends).isEmpty();
    }

    @Test
    void aPingIsNotDroppedWithWhatTheClientCannotTake() throws Exception {
        server = running.start(
                Sockeye.builder()
                        .outboxLimits(1_000, 2)
                        .slowConsumerPolicy(SlowConsumerPolicy.DROP_NEWEST)
                        .pingInterval(Duration.ofMillis(200))
                        .pingTimeout(Duration.ofSeconds(5)),
                s -> s.namespace("/").onDisconnect((socket, reason) -> ends.add(reason.text())));
        SocketIoClient behind = running.connectPolling();
        for (int i = 0; i < 5; i++) {
            server.namespace("/").emit("n", i);
        }
        // Joined later, pinged later: when its ping comes, the other's was due while its outbox was full.
        SocketIoClient onTime = running.connect();
        assertThat(onTime.engine().read().text()).isEqualTo("2");
        assertThat(List.of(next(behind), next(behind), next(behind)))
                .containsExactlyInAnyOrder("2", "42[\"n\",0]", "42[\"n\",1]");
        behind.engine().send("3");
        assertThat(ends).isEmpty();
    }

    private static String next(SocketIoClient client) throws IOException {
        return client.engine().read().text();
    }
}
