// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.event.Request;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DrainTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> ends = new ConcurrentLinkedQueue<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private Sockeye start() {
        return running.start(s -> s.namespace("/")
                .on(Request.of("work", String.class, String.class), (socket, text) -> {
                    started.countDown();
                    assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                    return text;
                })
                .onAsync(Request.of("later", String.class, String.class), (socket, text) -> {
                    started.countDown();
                    return OwnThread.supply(() -> {
                        release.countDown();
                        return text;
                    });
                })
                .onDisconnect((socket, reason) -> ends.add(reason.text())));
    }

    private static CompletableFuture<Void> drain(Sockeye server, Duration window, Duration deadline) {
        return OwnThread.run(() -> server.drain(window, deadline));
    }

    private RawHttpClient http(Sockeye server) throws IOException {
        return running.closing(
                RawHttpClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
    }

    @Test
    void newClientsAreSentAwayWhileThoseThereGoOn() throws Exception {
        Sockeye server = start();
        SocketIoClient client = running.connect();
        client.send("21['work','a']");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        RawHttpClient http = http(server);
        assertThat(http.request("GET", "/health/ready").read().status()).isEqualTo(200);
        CompletableFuture<Void> drained = drain(server, Duration.ZERO, LONG);
        await().until(() -> http.request("GET", "/health/ready").read().status() == 503);
        assertThat(http.request("GET", "/health/ready").read().body()).contains("\"draining\"");
        assertThat(http.request("GET", "/health").read().body()).startsWith("{\"status\":\"draining\"");
        assertThat(http.request("GET", "/health/live").read().status()).isEqualTo(200);
        RawHttpClient.Response refused =
                http.request("GET", "/socket.io/?EIO=4&transport=polling").read();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        release.countDown();
        client.expect("31['a']");
        assertThat(client.ended()).isTrue();
        drained.get(10, TimeUnit.SECONDS);
        assertThat(ends).containsExactly("server shutting down");
    }

    @Test
    void whatIsUnderWayIsAnsweredBeforeTheClientIsSentAway() throws Exception {
        Sockeye server = start();
        SocketIoClient first = running.connect();
        SocketIoClient second = running.connect();
        first.send("21['work','a']").send("22['work','b']").send("23['work','c']");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> drained = drain(server, Duration.ZERO, LONG);
        assertThat(second.ended()).isTrue();
        assertThat(server.namespace("/").sockets()).hasSize(1);
        release.countDown();
        first.expect("31['a']", "32['b']", "33['c']");
        assertThat(first.ended()).isTrue();
        drained.get(10, TimeUnit.SECONDS);
    }

    @Test
    void asynchronousAnswersAreWaitedForToo() throws Exception {
        Sockeye server = start();
        SocketIoClient client = running.connect();
        client.send("21['later','a']");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> drained = drain(server, Duration.ZERO, LONG);
        client.expect("31['a']");
        assertThat(client.ended()).isTrue();
        drained.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aLongPollingClientGetsItsAnswerAndIsThenSentAway() throws Exception {
        Sockeye server = start();
        SocketIoClient client = running.connectPolling();
        client.send("21['work','a']");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> drained = drain(server, Duration.ZERO, LONG);
        await().until(() -> http(server).request("GET", "/health/ready").read().status() == 503);
        release.countDown();
        client.expect("31['a']");
        assertThat(client.ended()).isTrue();
        drained.get(10, TimeUnit.SECONDS);
    }

    @Test
    void connectionsEndOneAfterTheOtherOverTheWindow() throws Exception {
        Sockeye server = start();
        for (int i = 0; i < 4; i++) {
            running.connect();
        }
        CompletableFuture<Void> drained = drain(server, LONG, LONG.plusMinutes(1));
        // One at once, the next after a quarter of the window.
        await().until(() -> server.namespace("/").sockets().size() == 3);
        assertThat(drained).isNotDone();
        server.close();
        drained.get(10, TimeUnit.SECONDS);
        assertThat(ends).hasSize(4);
    }

    @Test
    void aClientThatIsNeverDoneHoldsTheDrainUpForTheDeadlineOnly() throws Exception {
        Sockeye server = start();
        running.connect().send("21['work','a']");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        drain(server, Duration.ZERO, Duration.ofMillis(400)).get(8, TimeUnit.SECONDS);
        server.awaitClosed();
        release.countDown();
    }

    @Test
    void plainWebSocketsAreClosedWithTheCodeOfAServerThatGoesAway() throws Exception {
        Sockeye server = running.start(s -> s.webSocket("/socket").onText((socket, text) -> {
            started.countDown();
            assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
            socket.send("done");
        }));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        RawWebSocketClient client = running.closing(RawWebSocketClient.connect(address, "/socket"));
        client.text("work");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> drained = drain(server, Duration.ZERO, LONG);
        await().until(() -> http(server).request("GET", "/health/ready").read().status() == 503);
        release.countDown();
        assertThat(client.read().text()).isEqualTo("done");
        assertThat(client.read().closeCode()).isEqualTo(1001);
        client.close();
        drained.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aWindowBeyondTheDeadlineIsRefused() {
        Sockeye server = start();
        assertThatThrownBy(() -> server.drain(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2S");
    }

    @Test
    void aServerThatNeverStartedIsClosedAtOnce() throws Exception {
        Sockeye server = Sockeye.builder().port(0).build();
        server.drain(LONG, LONG);
        server.awaitClosed();
    }
}
