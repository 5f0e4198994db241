// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LifeCycleTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> ends = new ConcurrentLinkedQueue<>();

    @Test
    void closingEndsTheTransportWithoutADisconnectPacketSoThatClientsComeBack() throws Exception {
        Sockeye server = running.start(s -> s.namespace("/").onDisconnect((socket, reason) -> ends.add(reason.text())));
        SocketIoClient client = running.connect();
        CompletableFuture<Void> closed = OwnThread.run(server::close);
        assertThat(client.ended()).isTrue();
        client.close();
        closed.get(10, TimeUnit.SECONDS);
        assertThat(ends).containsExactly("server shutting down");
    }

    @Test
    void closingTellsALongPollingClientTheSame() throws Exception {
        Sockeye server = running.start(s -> s.namespace("/").onDisconnect((socket, reason) -> ends.add(reason.text())));
        SocketIoClient client = running.connectPolling();
        CompletableFuture<Void> closed = OwnThread.run(server::close);
        await().until(() -> !ends.isEmpty());
        assertThat(client.ended()).isTrue();
        closed.get(10, TimeUnit.SECONDS);
        assertThat(ends).containsExactly("server shutting down");
    }

    @Test
    void whatWasSentBeforeTheCloseStillArrives() throws Exception {
        Sockeye server = running.start(s -> {});
        SocketIoClient client = running.connect();
        IntStream.range(0, 100).forEach(i -> server.namespace("/").emit("n", i));
        CompletableFuture<Void> closed = OwnThread.run(server::close);
        for (int i = 0; i < 100; i++) {
            client.expect("2['n'," + i + "]");
        }
        assertThat(client.ended()).isTrue();
        client.close();
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void handlersThatRunAndAllThatWaitsBehindThemEndBeforeTheServerIsClosed() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Sockeye server = running.start(s -> s.namespace("/")
                .on("work", Integer.class, (socket, n) -> {
                    started.countDown();
                    assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                    ends.add("worked " + n);
                })
                .onDisconnect((socket, reason) -> ends.add(reason.text())));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 200; i++) {
            client.send("2['work'," + i + "]");
        }
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> closed = OwnThread.run(server::close);
        assertThat(client.ended()).isTrue();
        client.close();
        release.countDown();
        closed.get(10, TimeUnit.SECONDS);
        assertThat(ends).hasSizeGreaterThan(1).last().isEqualTo("server shutting down");
    }

    @Test
    void aHandlerThatNeverEndsHoldsTheCloseUpForTheShutdownTimeOutOnly() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Sockeye server = running.start(
                Sockeye.builder().shutdownTimeout(Duration.ofMillis(300)),
                s -> s.namespace("/").on("work", Void.class, (socket, nothing) -> {
                    started.countDown();
                    new CountDownLatch(1).await();
                }));
        running.connect().send("2['work']");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        OwnThread.run(server::close).get(5, TimeUnit.SECONDS);
    }

    @Test
    void startingAndClosingTwiceIsHarmless() throws Exception {
        Sockeye server = running.start(s -> {});
        int port = server.port();
        assertThat(server.start().port()).isEqualTo(port);
        running.connect().close();
        server.close();
        server.close();
        server.awaitClosed();
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("build a new one");
    }

    @Test
    void aServerThatNeverStartedCanBeClosed() {
        Sockeye server = Sockeye.builder().port(0).build();
        assertThatThrownBy(server::port)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("start()");
        server.close();
    }

    @Test
    void aPortThatIsTakenIsNamedInTheError() {
        int port = running.start(s -> {}).port();
        try (Sockeye second = Sockeye.builder().host("127.0.0.1").port(port).build()) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(String.valueOf(port));
        }
    }

    @Test
    void twoServersInOneProcessShareNothing() throws Exception {
        Sockeye first = running.start(s -> s.namespace("/"));
        SocketIoClient client = running.connect();
        Sockeye second = running.start(s -> s.namespace("/"));
        SocketIoClient other = running.connect();
        second.namespace("/").emit("second");
        first.namespace("/").emit("first");
        client.expect("2['first']");
        other.expect("2['second']");
        second.close();
        first.namespace("/").emit("still");
        client.expect("2['still']");
    }

    @Test
    void healthCountsWhatThereIs() throws Exception {
        Sockeye server = running.start(s -> {
            s.namespace("/chat");
            s.webSocket("/socket");
        });
        running.connect().join("/chat");
        running.connectPolling();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        RawHttpClient http = running.closing(RawHttpClient.connect(address));
        RawHttpClient.Response answer = http.request("GET", "/health").read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(SocketIoClient.json("{'status':'up','sessions':2,'sockets':3,'webSockets':0,"
                        + "'droppedPackets':0,'slowConsumers':0,'connections':2,'refused':0}"));
    }
}
