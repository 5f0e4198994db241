// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static io.sockeye.testing.RawWebSocketClient.TEXT;
import static io.sockeye.testing.RawWebSocketClient.frame;
import static io.sockeye.testing.RawWebSocketClient.join;
import static io.sockeye.testing.RawWebSocketClient.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.NetworkIo;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.WebSocketSettings;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUpgradeTest {
    private static final int LOOPS = 4;

    /** The loops of the server that runs, to choose from. */
    private List<Loop> loops = List.of();

    private TestServer echoOnTheNextLoop(NetworkIo networkIo) {
        EchoService echo = new EchoService(loop -> loops.get((loop.index() + 1) % loops.size()));
        TestServer server =
                new TestServer(HttpListenerSettings.defaults().withLoops(LOOPS).withNetworkIo(networkIo), echo);
        loops = server.loops();
        return server;
    }

    @Test
    void theHandshakeIsAnsweredAsTheStandardSays() throws Exception {
        try (TestServer server = new TestServer(1, new EchoService(loop -> loop));
                RawWebSocketClient client =
                        RawWebSocketClient.connect(server.address, "/", "Sec-WebSocket-Protocol: v1, v2")) {
            RawHttpClient.Response answer = client.handshake();
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            assertThat(answer.header("upgrade")).isEqualTo("websocket");
            assertThat(answer.header("connection")).isEqualTo("Upgrade");
            assertThat(answer.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(answer.header("sec-websocket-protocol")).isEqualTo("v2");
            assertThat(answer.header("x-served-by")).isEqualTo("echo");
            assertThat(answer.headers())
                    .doesNotContainKeys("content-length", "transfer-encoding", "sec-websocket-extensions");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v3", "V1", "v1x"})
    void withoutACommonSubprotocolNoneIsChosen(String offered) throws Exception {
        try (TestServer server = new TestServer(1, new EchoService(loop -> loop));
                RawWebSocketClient client =
                        RawWebSocketClient.connect(server.address, "/", "Sec-WebSocket-Protocol: " + offered)) {
            assertThat(client.handshake().status()).isEqualTo(101);
            assertThat(client.handshake().headers()).doesNotContainKey("sec-websocket-protocol");
        }
    }

    static Stream<Arguments> handshakes() {
        String upgrade = "Upgrade: websocket";
        String connection = "Connection: Upgrade";
        String version = "Sec-WebSocket-Version: 13";
        String key = "Sec-WebSocket-Key: " + RawWebSocketClient.KEY;
        return Stream.of(
                arguments("correct", true, "GET", fields(upgrade, connection, version, key)),
                arguments("mixed case", true, "GET", fields("UPGRADE: WebSocket", "connection: uPGRADE", version, key)),
                arguments(
                        "among other tokens",
                        true,
                        "GET",
                        fields(upgrade, "Connection: keep-alive, Upgrade", version, key)),
                arguments("POST", false, "POST", fields(upgrade, connection, version, key)),
                arguments("no upgrade", false, "GET", fields(connection, version, key)),
                arguments("upgrade to h2c", false, "GET", fields("Upgrade: h2c", connection, version, key)),
                arguments("no connection", false, "GET", fields(upgrade, version, key)),
                arguments("connection close", false, "GET", fields(upgrade, "Connection: close", version, key)),
                arguments("part of a token", false, "GET", fields(upgrade, "Connection: Upgraded", version, key)),
                arguments("version 8", false, "GET", fields(upgrade, connection, "Sec-WebSocket-Version: 8", key)),
                arguments("no version", false, "GET", fields(upgrade, connection, key)),
                arguments("no key", false, "GET", fields(upgrade, connection, version)),
                arguments("two keys", false, "GET", fields(upgrade, connection, version, key, key)),
                arguments(
                        "a short key",
                        false,
                        "GET",
                        fields(upgrade, connection, version, "Sec-WebSocket-Key: c2hvcnQ=")),
                arguments(
                        "a key that is not Base64",
                        false,
                        "GET",
                        fields(upgrade, connection, version, "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==")),
                arguments("with a body", false, "GET", fields(upgrade, connection, version, key, "Content-Length: 5")));
    }

    private static String[] fields(String... fields) {
        return fields;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("handshakes")
    void onlyACorrectHandshakeAsksForAWebSocket(String name, boolean asks, String method, String[] fields)
            throws Exception {
        HttpService service = exchange -> exchange.respondAndClose(HttpResponse.text("" + exchange.asksForWebSocket()));
        try (TestServer server = new TestServer(1, service);
                RawHttpClient client = RawHttpClient.connect(server.address)) {
            assertThat(client.request(method, "/", fields).read().body()).isEqualTo("" + asks);
        }
    }

    @Test
    void http10CannotAskForAWebSocket() throws Exception {
        HttpService service = exchange -> exchange.respond(HttpResponse.text("" + exchange.asksForWebSocket()));
        try (TestServer server = new TestServer(1, service);
                RawHttpClient client = RawHttpClient.connect(server.address)) {
            String request = RawWebSocketClient.handshake("/").replace("HTTP/1.1", "HTTP/1.0");
            assertThat(client.send(request).read().body()).isEqualTo("false");
        }
    }

    @ParameterizedTest
    @MethodSource("io.sockeye.internal.netty.IoTransportTest#available")
    void aConnectionMovesToAnotherLoopAndWorksThere(NetworkIo networkIo) throws Exception {
        try (TestServer server = echoOnTheNextLoop(networkIo)) {
            for (int connection = 0; connection < 2 * LOOPS; connection++) {
                try (RawWebSocketClient client = RawWebSocketClient.connect(
                        RawHttpClient.connect(server.address), "/", frame(TEXT, utf8("first")))) {
                    assertThat(client.read().text()).isEqualTo("first");
                    exchangeMessages(client);
                }
            }
        }
    }

    private static void exchangeMessages(RawWebSocketClient client) throws Exception {
        for (int round = 0; round < 50; round++) {
            byte[][] frames = new byte[50][];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = frame(TEXT, utf8("message " + round + " " + i));
            }
            client.send(frames);
            for (int i = 0; i < frames.length; i++) {
                assertThat(client.read().text()).isEqualTo("message " + round + " " + i);
            }
        }
    }

    @Test
    void framesSentWithTheHandshakeWaitForAnAnswerThatTakesItsTime() throws Exception {
        BlockingQueue<HttpExchange> waiting = new LinkedBlockingQueue<>();
        EchoService echo = new EchoService(loop -> loops.get((loop.index() + 1) % loops.size()));
        try (TestServer server = new TestServer(LOOPS, waiting::add);
                RawHttpClient connection = RawHttpClient.connect(server.address)) {
            loops = server.loops();
            byte[] early = join(frame(TEXT, utf8("one")), frame(TEXT, utf8("two")));
            connection.send(join(RawWebSocketClient.handshake("/").getBytes(StandardCharsets.ISO_8859_1), early));
            HttpExchange exchange = waiting.poll(5, TimeUnit.SECONDS);
            connection.send(frame(TEXT, utf8("three")));
            echo.handle(exchange);
            assertThat(connection.readHead().status()).isEqualTo(101);
            assertThat(connection.bytes(5)).endsWith(utf8("one"));
            assertThat(connection.bytes(5)).endsWith(utf8("two"));
            assertThat(connection.bytes(7)).endsWith(utf8("three"));
        }
    }

    @Test
    void aRequestPipelinedBeforeTheHandshakeIsAnsweredFirst() throws Exception {
        EchoService echo = new EchoService(loop -> loop);
        HttpService service = exchange -> {
            if (exchange.asksForWebSocket()) {
                echo.handle(exchange);
            } else {
                exchange.respond(HttpResponse.text("plain"));
            }
        };
        try (TestServer server = new TestServer(1, service);
                RawHttpClient client = RawHttpClient.connect(server.address)) {
            client.send(RawHttpClient.head("GET", "/") + RawWebSocketClient.handshake("/"));
            assertThat(client.read().body()).isEqualTo("plain");
            assertThat(client.readHead().status()).isEqualTo(101);
        }
    }

    @Test
    void aClientThatGoesAwayBeforeTheUpgradeIsReported() throws Exception {
        BlockingQueue<HttpExchange> waiting = new LinkedBlockingQueue<>();
        CountDownLatch aborted = new CountDownLatch(1);
        HttpService service = exchange -> {
            exchange.onAborted(aborted::countDown);
            waiting.add(exchange);
        };
        try (TestServer server = new TestServer(2, service)) {
            HttpExchange exchange;
            try (RawHttpClient client = RawHttpClient.connect(server.address)) {
                client.send(RawWebSocketClient.handshake("/"));
                exchange = waiting.poll(5, TimeUnit.SECONDS);
            }
            assertThat(aborted.await(5, TimeUnit.SECONDS)).isTrue();
            exchange.upgrade(
                    server.loops().get(1),
                    new WebSocketSettings(10, List.of(), Headers.of()),
                    new EchoService.ListenerAdapter());
            exchange.respond(HttpResponse.text("late"));
        }
    }

    @Test
    void aRequestThatDoesNotAskCannotBeUpgraded() throws Exception {
        CompletableFuture<HttpExchange> seen = new CompletableFuture<>();
        HttpService service = exchange -> {
            seen.complete(exchange);
            exchange.respond(HttpResponse.text("no"));
        };
        try (TestServer server = new TestServer(1, service);
                RawHttpClient client = RawHttpClient.connect(server.address)) {
            client.request("GET", "/").read();
            HttpExchange exchange = seen.get(5, TimeUnit.SECONDS);
            WebSocketSettings settings = new WebSocketSettings(10, List.of(), Headers.of());
            assertThatThrownBy(() -> exchange.upgrade(exchange.loop(), settings, new EchoService.ListenerAdapter()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("GET /");
        }
    }

    @Test
    void anUpgradedConnectionHasNoIdleTimeout() throws Exception {
        try (TestServer server = new TestServer(TestServer.impatient(), new EchoService(loop -> loop));
                RawWebSocketClient client = RawWebSocketClient.connect(server.address, "/");
                RawHttpClient silent = RawHttpClient.connect(server.address)) {
            // The silent connection is closed when the time-out has passed.
            assertThat(silent.ended()).isTrue();
            assertThat(client.text("still here").read().text()).isEqualTo("still here");
        }
    }

    @Test
    void theJdkClientIsServed() throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            private final StringBuilder message = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                message.append(data);
                if (last) {
                    answers.add(message.toString());
                    message.setLength(0);
                }
                webSocket.request(1);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                answers.add(code + reason);
                return CompletableFuture.completedFuture(null);
            }
        };
        try (TestServer server = echoOnTheNextLoop(NetworkIo.AUTOMATIC)) {
            WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("v1")
                    .buildAsync(URI.create("ws://localhost:" + server.address.getPort() + "/"), listener)
                    .get(5, TimeUnit.SECONDS);
            assertThat(client.getSubprotocol()).isEqualTo("v1");
            String large = "ü".repeat(40_000);
            client.sendText("small", true).get(5, TimeUnit.SECONDS);
            client.sendText("a", false).get(5, TimeUnit.SECONDS);
            client.sendText("b", true).get(5, TimeUnit.SECONDS);
            client.sendText(large, true).get(5, TimeUnit.SECONDS);
            assertThat(answers.poll(5, TimeUnit.SECONDS)).isEqualTo("small");
            assertThat(answers.poll(5, TimeUnit.SECONDS)).isEqualTo("ab");
            assertThat(answers.poll(5, TimeUnit.SECONDS)).isEqualTo(large);
            client.sendClose(1000, "done").get(5, TimeUnit.SECONDS);
            assertThat(answers.poll(5, TimeUnit.SECONDS)).isEqualTo("1000");
        }
    }
}
