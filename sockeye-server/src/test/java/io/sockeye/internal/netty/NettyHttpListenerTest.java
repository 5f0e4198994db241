// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.HttpResponse;
import io.sockeye.api.NetworkIo;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.Loop;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NettyHttpListenerTest {
    private static final HttpResponse OK = HttpResponse.text("ok");

    @Test
    void aPortThatIsTakenIsNamedWithTheWayOut() {
        try (TestServer first = new TestServer(1, exchange -> exchange.respond(OK))) {
            NettyHttpListener second = new NettyHttpListener(HttpListenerSettings.defaults());
            assertThatThrownBy(() -> second.start(first.address, exchange -> exchange.respond(OK)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("port " + first.address.getPort() + " on 127.0.0.1 is already in use")
                    .hasMessageContaining("choose another port");
            second.close(5_000);
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        NettyHttpListener listener = new NettyHttpListener(HttpListenerSettings.defaults());
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 0);
        assertThatThrownBy(() -> listener.start(nowhere, exchange -> exchange.respond(OK)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nowhere.invalid");
        listener.close(5_000);
    }

    @ParameterizedTest
    @MethodSource("io.sockeye.internal.netty.IoTransportTest#available")
    void theWildcardListensForBothFamilies(NetworkIo networkIo) throws Exception {
        NettyHttpListener listener =
                new NettyHttpListener(HttpListenerSettings.defaults().withNetworkIo(networkIo));
        InetSocketAddress bound = listener.start(
                new InetSocketAddress(0),
                exchange -> exchange.respondAndClose(
                        HttpResponse.text(exchange.head().remoteAddress())));
        assertThat(get("127.0.0.1", bound.getPort())).endsWith("127.0.0.1");
        assertThat(get("::1", bound.getPort())).endsWith("::1");
        listener.close(5_000);
    }

    private static String get(String host, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName(host), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(RawHttpClient.head("GET", "/").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void afterStoppingToAcceptConnectionsGoOn() throws Exception {
        try (TestServer server = new TestServer(2, exchange -> exchange.respond(OK));
                RawHttpClient client = RawHttpClient.connect(server.address)) {
            assertThat(client.request("GET", "/").read().body()).isEqualTo("ok");
            server.listener.stopAccepting();
            assertThat(client.request("GET", "/").read().body()).isEqualTo("ok");
            assertThatThrownBy(() -> RawHttpClient.connect(server.address)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void closingTellsEveryoneAndEndsTheLoops() throws Exception {
        BlockingQueue<HttpExchange> parked = new LinkedBlockingQueue<>();
        CountDownLatch aborted = new CountDownLatch(1);
        EchoService echo = new EchoService(loop -> loop);
        TestServer server = new TestServer(2, exchange -> {
            if (exchange.asksForWebSocket()) {
                echo.handle(exchange);
            } else {
                exchange.onAborted(aborted::countDown);
                parked.add(exchange);
            }
        });
        try (RawHttpClient client = RawHttpClient.connect(server.address);
                RawWebSocketClient webSocket = RawWebSocketClient.connect(server.address, "/socket")) {
            client.request("GET", "/");
            HttpExchange exchange = parked.poll(5, TimeUnit.SECONDS);
            server.close();
            assertThat(client.ended()).isTrue();
            assertThat(webSocket.ended()).isTrue();
            assertThat(aborted.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(echo.closed("/socket").code()).isEqualTo(1006);
            // Both are lost, and say nothing.
            exchange.respond(OK);
            exchange.loop().execute(() -> {
                throw new AssertionError("the loop has ended");
            });
        }
    }

    @Test
    void aListenerThatNeverStartedCanBeClosed() {
        NettyHttpListener listener = new NettyHttpListener(HttpListenerSettings.defaults());
        listener.stopAccepting();
        listener.close(5_000);
        assertThat(listener.loops()).hasSize(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void tasksAtTheEndOfATurnRunAfterWhatIsQueued() throws Exception {
        try (TestServer server = new TestServer(2, exchange -> exchange.respond(OK))) {
            Loop loop = server.loops().get(1);
            List<String> order = new ArrayList<>();
            CompletableFuture<List<String>> done = new CompletableFuture<>();
            loop.execute(() -> {
                loop.execute(() -> order.add("queued"));
                loop.atEndOfTurn(() -> {
                    order.add("end");
                    loop.atEndOfTurn(() -> order.add("end of the end"));
                    loop.execute(() -> {
                        order.add("next turn");
                        done.complete(order);
                    });
                });
                loop.execute(() -> order.add("queued later"));
                order.add("first");
            });
            assertThat(done.get(5, TimeUnit.SECONDS))
                    .containsExactly("first", "queued", "queued later", "end", "end of the end", "next turn");
        }
    }

    @Test
    void aTaskWithAFaultDoesNotEndItsLoop() throws Exception {
        try (TestServer server = new TestServer(1, exchange -> exchange.respond(OK))) {
            Loop loop = server.loops().get(0);
            CountDownLatch after = new CountDownLatch(2);
            loop.execute(() -> {
                loop.atEndOfTurn(() -> {
                    throw new AssertionError("at the end of a turn");
                });
                loop.atEndOfTurn(after::countDown);
                throw new AssertionError("in a task");
            });
            loop.schedule(after::countDown, 10);
            assertThat(after.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void loopsKnowTheirThread() throws Exception {
        try (TestServer server = new TestServer(2, exchange -> exchange.respond(OK))) {
            Loop first = server.loops().get(0);
            Loop second = server.loops().get(1);
            assertThat(first.inLoop()).isFalse();
            assertThatThrownBy(first::assertInLoop).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() ->
                            first.atEndOfTurn(() -> assertThat(first.inLoop()).isTrue()))
                    .isInstanceOf(IllegalStateException.class);
            CompletableFuture<String> seen = new CompletableFuture<>();
            second.execute(() -> seen.complete(second.index() + " " + second.inLoop() + " " + first.inLoop()));
            assertThat(seen.get(5, TimeUnit.SECONDS)).isEqualTo("1 true false");
        }
    }
}
