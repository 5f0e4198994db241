// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.LimitHit;
import io.sockeye.api.Namespace;
import io.sockeye.api.RateLimit;
import io.sockeye.api.RateLimitScope;
import io.sockeye.api.RateLimits;
import io.sockeye.api.Status;
import io.sockeye.event.Args;
import io.sockeye.event.Request;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are too fast, and what they are told. Limits refill so slowly that no test waits for it. */
class RateLimitTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final RateLimit THREE = RateLimit.of(3, LONG);
    private static final String REFUSED =
            "[{'status':'error','message':'Rate limit exceeded. Please try again later.'}]";
    private static final String ACCEPTED = "[{'status':'success'}]";

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Queue<String> ends = new ConcurrentLinkedQueue<>();

    private Sockeye start(SockeyeBuilder options, Consumer<Namespace> declare) {
        return running.start(options.eventLoops(2), server -> {
            Namespace main = server.namespace("/");
            declare.accept(main);
            main.use(handshake -> handshake.attach(String.class, handshake.auth("user") + ""))
                    .on("message", Object.class, Status.class, (socket, payload) -> {
                        handled.add("message");
                        return Status.success();
                    })
                    .on("other", Object.class, Status.class, (socket, payload) -> Status.success())
                    .onDisconnect((socket, reason) -> ends.add(reason.text()));
        });
    }

    private Sockeye start(RateLimits limits) {
        return start(Sockeye.builder().rateLimits(limits), main -> {});
    }

    /** Asks and expects to be accepted so many times, then refused. */
    private static void assertAccepted(SocketIoClient client, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.send("2" + i + "['message',{}]").expect("3" + i + ACCEPTED);
        }
        client.send("299['message',{}]").expect("399" + REFUSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneEventTooManyIsAnsweredAndNotHandled(boolean polling) throws Exception {
        Sockeye server = start(Sockeye.builder(), main -> main.rateLimit("message", RateLimit.of(10, LONG)));
        SocketIoClient client = polling ? running.connectPolling() : running.connect();
        assertAccepted(client, 10);
        client.send("27['other',{}]").expect("37" + ACCEPTED);
        assertThat(handled).hasSize(10);
        assertThat(server.limitHits()).containsEntry(LimitHit.EVENT_RATE, 1L);
    }

    @Test
    void anEventThatAsksForNoAnswerIsDroppedSilentlyAndCounted() throws Exception {
        Sockeye server = start(Sockeye.builder(), main -> main.rateLimit("message", THREE));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 5; i++) {
            client.send("2['message',{}]");
        }
        client.send("21['other',{}]").expect("31" + ACCEPTED);
        assertThat(handled).hasSize(3);
        assertThat(server.limitHits()).containsEntry(LimitHit.EVENT_RATE, 2L);
    }

    @Test
    void aConnectionIsLimitedForItselfAndItsStateGoesWithIt() throws Exception {
        start(Sockeye.builder(), main -> main.rateLimit("message", THREE));
        assertAccepted(running.connect(), 3);
        assertAccepted(running.connect(), 3);
    }

    @Test
    void tokensComeBack() throws Exception {
        start(Sockeye.builder(), main -> main.rateLimit("message", new RateLimit(1, Duration.ofMillis(50), 2)));
        SocketIoClient client = running.connect();
        client.send("21['message',{}]").expect("31" + ACCEPTED);
        client.send("22['message',{}]").expect("32" + ACCEPTED);
        await().untilAsserted(() -> {
            client.send("23['message',{}]");
            assertThat(client.next()).isEqualTo(SocketIoClient.json("33" + ACCEPTED));
        });
    }

    @Test
    void aHandlerOnTheLoopIsLimitedToo() throws Exception {
        Request<Args, Status> quick = Request.of("quick", Args.class, Status.class);
        start(
                Sockeye.builder(),
                main -> main.nonBlocking(quick, (socket, args) -> Status.success())
                        .rateLimit("quick", THREE));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 3; i++) {
            client.send("2" + i + "['quick',{}]").expect("3" + i + ACCEPTED);
        }
        client.send("29['quick',{}]").expect("39" + REFUSED);
    }

    @Test
    void theConnectionsOfAUserAreLimitedTogether() throws Exception {
        RateLimits limits = RateLimits.builder()
                .user(socket -> socket.find(String.class).orElse(null))
                .messages(RateLimitScope.USER, THREE)
                .build();
        start(limits);
        SocketIoClient first = running.open().join("/", "{'user':'ada'}");
        SocketIoClient second = running.open().join("/", "{'user':'ada'}");
        SocketIoClient other = running.open().join("/", "{'user':'bob'}");
        first.send("20['message',{}]").expect("30" + ACCEPTED);
        assertAccepted(second, 2);
        assertAccepted(other, 3);
    }

    @Test
    void anEventIsLimitedForAUserAcrossConnections() throws Exception {
        RateLimits limits = RateLimits.builder()
                .user(socket -> socket.find(String.class).orElse(null))
                .build();
        start(Sockeye.builder().rateLimits(limits), main -> main.rateLimit("message", RateLimitScope.USER, THREE));
        running.open().join("/", "{'user':'ada'}").send("20['message',{}]").expect("30" + ACCEPTED);
        assertAccepted(running.open().join("/", "{'user':'ada'}"), 2);
    }

    @Test
    void theConnectionsOfAnAddressAreLimitedTogether() throws Exception {
        start(RateLimits.builder().messages(RateLimitScope.ADDRESS, THREE).build());
        running.connect().send("20['message',{}]").expect("30" + ACCEPTED);
        assertAccepted(running.connect(), 2);
    }

    @Test
    void allEventsOfAConnectionCountWhateverTheirNamespace() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder()
                        .rateLimits(RateLimits.builder().messages(THREE).build()),
                s -> {
                    s.namespace("/").on("a", Object.class, Status.class, (socket, payload) -> Status.success());
                    s.namespace("/b").on("a", Object.class, Status.class, (socket, payload) -> Status.success());
                });
        SocketIoClient client = running.connect().join("/b");
        client.send("21['a',{}]").expect("31" + ACCEPTED);
        client.send("2/b,2['a',{}]").expect("3/b,2" + ACCEPTED);
        client.send("23['a',{}]").expect("33" + ACCEPTED);
        client.send("2/b,4['a',{}]").expect("3/b,4" + REFUSED);
        assertThat(server.limitHits()).containsEntry(LimitHit.MESSAGE_RATE, 1L);
    }

    @Test
    void bytesAreLimitedWithTheirAttachments() throws Exception {
        Sockeye server =
                start(RateLimits.builder().bytes(RateLimit.of(1_000, LONG)).build());
        SocketIoClient client = running.connect();
        client.send("21['message','" + "x".repeat(900) + "']").expect("31" + ACCEPTED);
        client.send("22['message','" + "x".repeat(100) + "']").expect("32" + REFUSED);
        client.send("23['message',{}]").expect("33" + ACCEPTED);
        client.send("51-4['message',{'_placeholder':true,'num':0}]").sendBinary(new byte[100]);
        client.expect("34" + REFUSED);
        assertThat(server.limitHits()).containsEntry(LimitHit.BYTE_RATE, 2L);
    }

    @Test
    void joinsOfNamespacesAreLimited() throws Exception {
        Sockeye server = start(RateLimits.builder().joins(RateLimit.of(2, LONG)).build());
        SocketIoClient client = running.connect();
        client.send("1").send("0").next();
        client.send("1").send("0").expect("4{'message':'Rate limit exceeded. Please try again later.'}");
        assertThat(server.limitHits()).containsEntry(LimitHit.JOIN_RATE, 1L);
    }

    @Test
    void handshakesOfAnAddressAreLimited() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder()
                        .rateLimits(
                                RateLimits.builder().handshakesPerAddress(THREE).build()),
                s -> s.webSocket("/plain").onText((socket, text) -> socket.send(text)));
        running.connect();
        running.connect();
        running.connect();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
        try (RawHttpClient http = RawHttpClient.connect(address)) {
            RawHttpClient.Response response =
                    http.request("GET", "/socket.io/?EIO=4&transport=polling").read();
            assertThat(response.status()).isEqualTo(429);
            assertThat(response.body())
                    .isEqualTo("{\"code\":4,\"message\":\"Rate limit exceeded. Please try again later.\"}");
        }
        for (String target : List.of("/socket.io/?EIO=4&transport=websocket", "/plain")) {
            try (RawHttpClient http = RawHttpClient.connect(address)) {
                http.send(RawWebSocketClient.handshake(target));
                assertThat(http.read().status()).isEqualTo(429);
            }
        }
        assertThat(server.limitHits()).containsEntry(LimitHit.HANDSHAKE_RATE, 3L);
    }

    @Test
    void aConnectionThatExceedsLimitsTooOftenIsClosed() throws Exception {
        Sockeye server = start(
                Sockeye.builder()
                        .rateLimits(RateLimits.builder()
                                .strikes(RateLimit.of(5, LONG))
                                .build()),
                main -> main.rateLimit("message", THREE));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 9; i++) {
            client.send("2['message',{}]");
        }
        assertThat(client.ended()).isTrue();
        await().untilAsserted(() -> assertThat(ends).containsExactly("policy violation"));
        assertThat(server.limitHits()).containsEntry(LimitHit.EVENT_RATE, 6L).containsEntry(LimitHit.STRIKES, 1L);
    }

    @Test
    void payloadsThatNoHandlerTakesAreStrikesToo() throws Exception {
        running.start(
                Sockeye.builder()
                        .rateLimits(RateLimits.builder()
                                .strikes(RateLimit.of(5, LONG))
                                .build()),
                s -> s.namespace("/")
                        .on("number", Integer.class, (socket, number) -> {})
                        .onDisconnect((socket, reason) -> ends.add(reason.text())));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 6; i++) {
            client.send("2['number',{}]");
        }
        assertThat(client.ended()).isTrue();
        await().untilAsserted(() -> assertThat(ends).containsExactly("policy violation"));
    }

    @Test
    void messagesOfAPlainWebSocketAreLimited() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder()
                        .rateLimits(RateLimits.builder()
                                .messages(THREE)
                                .strikes(THREE)
                                .build()),
                s -> s.webSocket("/echo").onText((socket, text) -> socket.send(text)));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
        RawWebSocketClient client = running.closing(RawWebSocketClient.connect(address, "/echo"));
        for (int i = 0; i < 3; i++) {
            assertThat(client.text("n" + i).read().text()).isEqualTo("n" + i);
        }
        for (int i = 0; i < 4; i++) {
            client.text("too many");
        }
        assertThat(client.read().closeCode()).isEqualTo(1008);
        assertThat(server.limitHits()).containsEntry(LimitHit.MESSAGE_RATE, 4L);
    }

    @Test
    void aLimitPerUserNeedsToKnowTheUser() {
        assertThatThrownBy(() -> RateLimits.builder()
                        .messages(RateLimitScope.USER, THREE)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("user(socket");
        try (Sockeye server = Sockeye.builder().port(0).build()) {
            Namespace main = server.namespace("/");
            assertThatThrownBy(() -> main.rateLimit("a", RateLimitScope.USER, THREE))
                    .hasMessageContaining("user(socket");
            main.rateLimit("a", THREE);
            assertThatThrownBy(() -> main.rateLimit("a", THREE)).hasMessageContaining("already");
            server.start();
            assertThatThrownBy(() -> main.rateLimit("b", THREE)).hasMessageContaining("before start()");
        }
    }
}
