// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.SendResult;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.api.WebSocket;
import io.sockeye.api.WebSocketEndpoint;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainWebSocketTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();

    private Sockeye start(SockeyeBuilder options, Consumer<WebSocketEndpoint> handlers) {
        return running.start(options, s -> {
            WebSocketEndpoint endpoint = s.webSocket("/socket")
                    .onOpen(opened::complete)
                    .onClose((socket, code, reason) -> seen.add("closed " + code + " " + reason));
            handlers.accept(endpoint);
        });
    }

    private Sockeye start(Consumer<WebSocketEndpoint> handlers) {
        return start(Sockeye.builder(), handlers);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
    }

    private RawWebSocketClient connect(String... headers) throws Exception {
        return running.closing(RawWebSocketClient.connect(address(), "/socket?a=1", headers));
    }

    private WebSocket serverSide() throws Exception {
        return opened.get(10, TimeUnit.SECONDS);
    }

    @Test
    void textAndBinaryComeBackFromAnEchoInOrder() throws Exception {
        start(endpoint -> endpoint.onText(WebSocket::send).onBinary(WebSocket::send));
        RawWebSocketClient client = connect();
        assertThat(client.handshake().status()).isEqualTo(101);
        client.text("eins 😀").binary(new byte[] {1, 2}).text("");
        assertThat(client.read().text()).isEqualTo("eins 😀");
        RawWebSocketClient.Frame binary = client.read();
        assertThat(binary.opcode()).isEqualTo(RawWebSocketClient.BINARY);
        assertThat(binary.payload()).containsExactly(1, 2);
        assertThat(client.read().payload()).isEmpty();
    }

    @Test
    void theServerSpeaksFirstAndAtAnyTime() throws Exception {
        start(endpoint -> endpoint.onOpen(
                socket -> socket.send("hello " + socket.request().parameter("a"))));
        assertThat(connect().read().text()).isEqualTo("hello 1");
    }

    @Test
    void aMessageRightBehindTheHandshakeIsHandledAfterTheOpenHandler() throws Exception {
        running.start(
                s -> s.webSocket("/socket").onOpen(socket -> seen.add("open")).onText((socket, text) -> {
                    seen.add(text);
                    socket.send("done");
                }));
        RawWebSocketClient client = running.closing(RawWebSocketClient.connect(
                RawHttpClient.connect(address()),
                "/socket",
                RawWebSocketClient.frame(RawWebSocketClient.TEXT, RawWebSocketClient.utf8("first"))));
        assertThat(client.read().text()).isEqualTo("done");
        assertThat(seen).containsExactly("open", "first");
    }

    @Test
    void handlersThatDoNotBlockRunOnTheLoopInOrder() throws Exception {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        start(endpoint -> endpoint.nonBlocking()
                .onError((socket, failure) -> seen.add(String.valueOf(failure.getMessage())))
                .onText((socket, text) -> {
                    threads.add(Thread.currentThread());
                    socket.send("got " + text);
                    if (text.equals("bad")) {
                        throw new IllegalStateException("broken");
                    }
                    if (text.equals("bye")) {
                        socket.close(4000, "as asked");
                    }
                }));
        RawWebSocketClient client = connect().text("a").text("bad").text("bye");
        assertThat(client.read().text()).isEqualTo("got a");
        assertThat(client.read().text()).isEqualTo("got bad");
        assertThat(client.read().text()).isEqualTo("got bye");
        assertThat(client.read().closeCode()).isEqualTo(4000);
        client.closeFrame(4000, "");
        await().untilAsserted(() -> assertThat(seen).containsExactly("broken", "closed 4000 "));
        assertThat(threads).hasSize(3).allMatch(thread -> thread.getName().startsWith("sockeye-loop"));
        assertThat(threads.stream().distinct()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1000,bye", "1001,''", "3000,own", "4999,'Größe'"})
    void theClientClosesWithACodeAndAReason(int code, String reason) throws Exception {
        start(endpoint -> {});
        RawWebSocketClient client = connect().closeFrame(code, reason);
        assertThat(client.read().closeCode()).isEqualTo(code);
        await().untilAsserted(() -> assertThat(seen).containsExactly("closed " + code + " " + reason));
    }

    @Test
    void theClientClosesWithoutACode() throws Exception {
        start(endpoint -> {});
        connect().send(RawWebSocketClient.frame(RawWebSocketClient.CLOSE, new byte[0]));
        await().untilAsserted(() -> assertThat(seen).containsExactly("closed 1005 "));
    }

    @Test
    void aConnectionThatBreaksIsAnErrorAndThenAnAbnormalEnd() throws Exception {
        start(endpoint -> endpoint.onError((socket, failure) -> seen.add("error")));
        RawWebSocketClient client = connect();
        serverSide();
        client.close();
        await().untilAsserted(() -> assertThat(seen).containsExactly("error", "closed 1006 "));
    }

    @Test
    void theServerClosesWithACodeAndAReason() throws Exception {
        start(endpoint -> {});
        RawWebSocketClient client = connect();
        serverSide().close(4001, "Größe");
        RawWebSocketClient.Frame close = client.read();
        assertThat(close.closeCode()).isEqualTo(4001);
        assertThat(close.closeReason()).isEqualTo("Größe");
        client.closeFrame(4001, "");
        assertThat(client.ended()).isTrue();
        await().untilAsserted(() -> assertThat(seen).containsExactly("closed 4001 "));
        assertThat(serverSide().send("late")).isEqualTo(SendResult.CLOSED);
        assertThat(serverSide().send(new byte[1])).isEqualTo(SendResult.CLOSED);
        serverSide().close();
    }

    @Test
    void whatWasSentBeforeTheCloseArrivesBeforeIt() throws Exception {
        start(endpoint -> {});
        RawWebSocketClient client = connect();
        for (int i = 0; i < 100; i++) {
            serverSide().send("n" + i);
        }
        serverSide().close();
        for (int i = 0; i < 100; i++) {
            assertThat(client.read().text()).isEqualTo("n" + i);
        }
        assertThat(client.read().closeCode()).isEqualTo(1000);
    }

    @Test
    void moreThanTheTransportTakesAtOnceArrivesBeforeTheCloseToo() throws Exception {
        start(endpoint -> {});
        RawWebSocketClient client = connect();
        for (int i = 0; i < 20; i++) {
            assertThat(serverSide().send(new byte[100_000])).isEqualTo(SendResult.QUEUED);
        }
        serverSide().close();
        assertThat(serverSide().send("late")).isEqualTo(SendResult.CLOSED);
        for (int i = 0; i < 20; i++) {
            assertThat(client.read().payload()).hasSize(100_000);
        }
        assertThat(client.read().closeCode()).isEqualTo(1000);
    }

    @Test
    void handlersSetAfterTheStartSaySo() {
        WebSocketEndpoint[] late = new WebSocketEndpoint[1];
        start(endpoint -> late[0] = endpoint);
        assertThatThrownBy(() -> late[0].onText((socket, text) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before start()");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1002, 1004, 1005, 1006, 1015, 2999, 5000, 65536 + 1000})
    void codesThatMayNotBeSentAreRefused(int code) throws Exception {
        start(endpoint -> {});
        connect();
        WebSocket socket = serverSide();
        assertThatThrownBy(() -> socket.close(code, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reasonsThatAreTooLongAreRefused() throws Exception {
        start(endpoint -> {});
        RawWebSocketClient client = connect();
        WebSocket socket = serverSide();
        assertThatThrownBy(() -> socket.close(1000, "é".repeat(62))).isInstanceOf(IllegalArgumentException.class);
        socket.close(1000, "x" + "é".repeat(61));
        assertThat(client.read().closeReason()).isEqualTo("x" + "é".repeat(61));
    }

    @Test
    void aFailingHandlerReachesTheErrorHandlerAndTheConnectionGoesOn() throws Exception {
        start(endpoint -> endpoint.onText((socket, text) -> {
                    if (text.equals("bad")) {
                        throw new IllegalStateException("broken");
                    }
                    socket.send(text);
                })
                .onError((socket, failure) -> seen.add("error " + failure.getMessage())));
        assertThat(connect().text("bad").text("good").read().text()).isEqualTo("good");
        assertThat(seen).containsExactly("error broken");
    }

    @Test
    void aMessageOverTheLimitClosesWith1009() throws Exception {
        start(Sockeye.builder().maxHttpBufferSize(100), endpoint -> endpoint.onText(WebSocket::send));
        assertThat(connect().text("x".repeat(101)).read().closeCode()).isEqualTo(1009);
        await().untilAsserted(
                        () -> assertThat(seen).hasSize(1).first().asString().startsWith("closed 1009"));
    }

    @Test
    void theFirstSubprotocolOfTheServerThatTheClientOffersIsChosen() throws Exception {
        start(endpoint -> endpoint.subprotocols("v2", "v1"));
        RawWebSocketClient client = connect("Sec-WebSocket-Protocol: v0, v1, v2");
        assertThat(client.handshake().header("sec-websocket-protocol")).isEqualTo("v2");
        assertThat(serverSide().subprotocol()).isEqualTo("v2");
    }

    @Test
    void withoutACommonSubprotocolNoneIsChosen() throws Exception {
        start(endpoint -> endpoint.subprotocols("v2"));
        assertThat(connect("Sec-WebSocket-Protocol: v0").handshake().headers())
                .doesNotContainKey("sec-websocket-protocol");
        assertThat(serverSide().subprotocol()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "https://localhost.evil.example"})
    void aPageOfAnotherOriginIsRefused(String origin) throws Exception {
        start(endpoint -> {});
        RawWebSocketClient client = connect("Origin: " + origin);
        assertThat(client.handshake().status()).isEqualTo(403);
        assertThat(client.ended()).isTrue();
        assertThat(opened).isNotDone();
    }

    @Test
    void aPageOfAnAllowedOriginAndOfTheSameHostIsLetIn() throws Exception {
        start(Sockeye.builder().allowedOrigins("https://good.example"), endpoint -> {});
        assertThat(connect("Origin: https://good.example").handshake().status()).isEqualTo(101);
        start(endpoint -> {});
        assertThat(connect("Origin: http://localhost").handshake().status()).isEqualTo(101);
    }

    @Test
    void aRequestThatIsNoHandshakeIsToldToUpgrade() throws Exception {
        start(endpoint -> {});
        RawHttpClient http = running.closing(RawHttpClient.connect(address()));
        RawHttpClient.Response answer = http.request("GET", "/socket").read();
        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.header("upgrade")).isEqualTo("websocket");
    }

    @Test
    void closingTheServerTellsClientsThatItGoesAway() throws Exception {
        Sockeye server = start(endpoint -> {});
        RawWebSocketClient client = connect();
        serverSide();
        CompletableFuture<Void> closed = OwnThread.run(server::close);
        assertThat(client.read().closeCode()).isEqualTo(1001);
        client.closeFrame(1001, "").close();
        closed.get(10, TimeUnit.SECONDS);
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISCONNECT", "DROP_NEWEST", "DROP_OLDEST"})
    void whatWaitsForAClientThatDoesNotReadIsBounded(SlowConsumerPolicy policy) throws Exception {
        start(Sockeye.builder().outboxLimits(100_000, 1_000).slowConsumerPolicy(policy), endpoint -> {});
        RawWebSocketClient client = running.closing(
                RawWebSocketClient.connect(RawHttpClient.connect(address(), 4_096), "/socket", new byte[0]));
        byte[] message = new byte[10_000];
        WebSocket socket = serverSide();
        int dropped = 0;
        for (int i = 0; i < 20_000 && dropped == 0; i++) {
            dropped += socket.send(message) == SendResult.QUEUED ? 0 : 1;
        }
        if (policy == SlowConsumerPolicy.DISCONNECT) {
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(seen).hasSize(1));
        } else {
            assertThat(client.read().payload()).hasSize(10_000);
            assertThat(seen).isEmpty();
        }
        assertThat(dropped).isPositive();
    }
}
