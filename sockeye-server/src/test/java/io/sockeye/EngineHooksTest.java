// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Headers;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.api.SessionCookie;
import io.sockeye.testing.RawDeflate;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineHooksTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String FORBIDDEN = "{\"code\":4,\"message\":\"Forbidden\"}";
    private static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";

    @RegisterExtension
    private final RunningServer running = new RunningServer();

    private final SockeyeBuilder options = Sockeye.builder();

    private void start() {
        running.start(options, server -> {});
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
    }

    private RawHttpClient.Response get(String target) throws IOException {
        try (RawHttpClient client = RawHttpClient.connect(address())) {
            return client.request("GET", target).read();
        }
    }

    private RawHttpClient.Response post(String target, String body) throws IOException {
        try (RawHttpClient client = RawHttpClient.connect(address())) {
            return client.request("POST", target, "Content-Length: " + body.length())
                    .send(body)
                    .read();
        }
    }

    private RawWebSocketClient webSocket(String target) throws IOException {
        return running.closing(RawWebSocketClient.connect(address(), target));
    }

    private static String sid(String open) {
        return open.replaceFirst("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
    }

    // Path

    @ParameterizedTest
    @CsvSource({
        "/socket.io/, true, /socket.io/, 200",
        "/socket.io/, true, /socket.io/some/thing, 200",
        "/socket.io/, true, /socket.io, 200",
        "/socket.io, true, /socket.io/, 200",
        "/socket.io, true, /socket.io2/, 404",
        "/socket.io//, true, /socket.io/, 200",
        "/socket.io/, false, /socket.io, 200",
        "/socket.io/, false, /socket.io/, 200",
        "/socket.io/, false, /socket.io2, 200",
        "/socket.io/, false, /socket, 404"
    })
    void servesRequestsThatBeginWithThePath(String path, boolean slash, String asked, int status) throws IOException {
        options.path(path).addTrailingSlash(slash);
        start();

        assertThat(get(asked + "?EIO=4&transport=polling").status()).isEqualTo(status);
    }

    // Cookie

    @Test
    void setsACookieWithTheAnswerThatOpensASession() throws IOException {
        options.cookie(SessionCookie.of("io"));
        start();

        RawHttpClient.Response open = get(POLLING);
        String sid = sid(open.body());
        RawWebSocketClient webSocket = webSocket(WEBSOCKET);

        assertThat(open.header("set-cookie")).isEqualTo("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(post(POLLING + "&sid=" + sid, "3").headers()).doesNotContainKey("set-cookie");
        assertThat(webSocket.handshake().header("set-cookie"))
                .startsWith("io=" + sid(webSocket.read().text()) + ";");
        assertThat(get(POLLING + "&sid=none").headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void aCookieAndHeadersLeaveCompressionAsItWasAgreedOn() throws IOException {
        options.cookie(SessionCookie.of("io"))
                .onHeaders(request -> Headers.of("x-node", "1"))
                .perMessageDeflate(PerMessageDeflate.on());
        start();

        RawWebSocketClient webSocket =
                running.closing(RawWebSocketClient.connect(address(), WEBSOCKET, RawDeflate.OFFER));

        assertThat(webSocket.handshake().header("x-node")).isEqualTo("1");
        assertThat(webSocket.handshake().header("sec-websocket-extensions")).startsWith("permessage-deflate");
    }

    @Test
    void writesTheAttributesOfACookie() {
        SessionCookie cookie = SessionCookie.of("node")
                .path("/socket.io/")
                .domain("chat.example")
                .maxAge(Duration.ofMinutes(2))
                .httpOnly(false)
                .secure(true)
                .sameSite(SessionCookie.SameSite.NONE);

        assertThat(cookie.header("a;b"))
                .isEqualTo("node=a%3Bb; Max-Age=120; Domain=chat.example; Path=/socket.io/; Secure; SameSite=None");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a=b", "a\r\nb", "é"})
    void refusesCookiesThatWouldBreakTheHeader(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionCookie.of(text));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionCookie.of("io").domain(text));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SessionCookie.of("io").path(text.replace("a b", "").replace("a=b", "")));
    }

    // Initial packet

    @Test
    void sendsAMessageBehindTheOpenPacket() throws IOException {
        options.initialPacket("hé");
        start();

        assertThat(get(POLLING).body()).startsWith("0{").endsWith("}\u001e4hé");
        RawWebSocketClient webSocket = webSocket(WEBSOCKET);
        assertThat(webSocket.read().text()).startsWith("0{");
        assertThat(webSocket.read().text()).isEqualTo("4hé");
    }

    @Test
    void sendsABinaryMessageBehindTheOpenPacket() throws IOException {
        options.initialPacket(new byte[] {1, 2}).allowEIO3(true);
        start();

        assertThat(get(POLLING).body()).endsWith("}\u001ebAQI=");
        RawWebSocketClient webSocket = webSocket(WEBSOCKET.replace("EIO=4", "EIO=3"));
        webSocket.read();
        assertThat(webSocket.read().payload()).containsExactly(4, 1, 2);
    }

    // Check

    @Test
    void asksTheCheckAboutNewSessionsOnly() throws IOException {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        options.allowRequest(
                request -> asked.add(request.method() + Thread.currentThread().getName()));
        start();

        String sid = sid(get(POLLING).body());
        assertThat(post(POLLING + "&sid=" + sid, "3").body()).isEqualTo("ok");
        assertThat(webSocket(WEBSOCKET).handshake().status()).isEqualTo(101);

        assertThat(asked).hasSize(2).allMatch(by -> by.startsWith("GET") && !by.contains("loop"));
    }

    @Test
    void refusesWithTheMessageOfTheCheck() throws IOException {
        options.allowRequest(request -> {
            throw new ConnectRefused("no \"entry\"\n");
        });
        start();

        RawHttpClient.Response refusal = get(POLLING);
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.header("content-type")).isEqualTo("application/json");
        assertThat(refusal.body()).isEqualTo("{\"code\":4,\"message\":\"no \\\"entry\\\"\\n\"}");
        RawHttpClient.Response webSocket = webSocket(WEBSOCKET).handshake();
        assertThat(webSocket.status()).isEqualTo(400);
        assertThat(webSocket.body()).isEqualTo("no \"entry\"\n");
    }

    @Test
    void tellsNobodyWhyACheckFailed() throws IOException {
        options.allowRequest(request -> {
            throw new IOException("secret");
        });
        start();

        assertThat(get(POLLING).body()).isEqualTo(FORBIDDEN);
        assertThat(webSocket(WEBSOCKET).handshake().body()).isEqualTo("Forbidden");
    }

    @Test
    void asksTheCheckBeforeItLooksAtTheVersion() throws IOException {
        options.allowRequest(request -> {
            if (request.parameter("key") == null) {
                throw new ConnectRefused("");
            }
        });
        start();

        String target = POLLING.replace("EIO=4", "EIO=5");
        assertThat(get(target).body()).isEqualTo(FORBIDDEN);
        assertThat(get(target + "&key=1").body()).contains("Unsupported protocol version");
        assertThat(get(POLLING + "&key=1").status()).isEqualTo(200);
    }

    // Middleware

    @Test
    void showsEachRequestToTheMiddlewareInOrder() throws IOException {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        options.requestMiddleware(request -> {
            seen.add("first " + request.method());
            return Headers.of("x-first", "1");
        });
        options.requestMiddleware(request -> {
            seen.add("second");
            return Headers.of();
        });
        start();

        RawHttpClient.Response open = get(POLLING);
        assertThat(open.header("x-first")).isEqualTo("1");
        assertThat(post(POLLING + "&sid=" + sid(open.body()), "3").header("x-first"))
                .isEqualTo("1");
        assertThat(get(POLLING + "&sid=none").header("x-first")).isEqualTo("1");
        assertThat(webSocket(WEBSOCKET).handshake().header("x-first")).isEqualTo("1");
        assertThat(seen)
                .containsExactly(
                        "first GET", "second", "first POST", "second", "first GET", "second", "first GET", "second");
    }

    @Test
    void refusesWhatTheMiddlewareRefuses() throws IOException {
        options.requestMiddleware(request -> Headers.of("x-first", "1"));
        options.requestMiddleware(request -> {
            if (request.parameter("key") == null) {
                throw new ConnectRefused("secret");
            }
            throw new IllegalStateException("secret");
        });
        start();

        RawHttpClient.Response refusal = get(POLLING);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.body()).isEqualTo(BAD_REQUEST);
        assertThat(refusal.header("x-first")).isEqualTo("1");
        assertThat(get(POLLING + "&key=1").body()).isEqualTo(BAD_REQUEST);
        assertThat(webSocket(WEBSOCKET).handshake().body()).isEqualTo("Bad request");
    }

    // Headers

    @Test
    void addsHeadersToTheFirstAnswerAndToAll() throws IOException {
        options.onInitialHeaders(request -> Headers.of("x-first", request.method()))
                .onHeaders(request -> Headers.of("x-all", request.method()));
        start();

        RawHttpClient.Response open = get(POLLING);
        assertThat(open.headers()).containsEntry("x-first", "GET").containsEntry("x-all", "GET");
        assertThat(post(POLLING + "&sid=" + sid(open.body()), "3").headers())
                .containsEntry("x-all", "POST")
                .doesNotContainKey("x-first");
        assertThat(webSocket(WEBSOCKET).handshake().headers())
                .containsEntry("x-first", "GET")
                .containsEntry("x-all", "GET");
        assertThat(webSocket(WEBSOCKET + "&sid=" + sid(open.body())).handshake().headers())
                .containsEntry("x-all", "GET")
                .doesNotContainKey("x-first");
        assertThat(get(POLLING + "&sid=none").headers()).doesNotContainKeys("x-first", "x-all");
    }

    @Test
    void answersWithoutHeadersThatCannotBeMade() throws IOException {
        options.onHeaders(request -> Headers.of("x-all", "1\r\nx-evil: 1"))
                .onHeaders(request -> Headers.of("x-other", "1"));
        start();

        RawHttpClient.Response open = get(POLLING);
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.headers()).doesNotContainKeys("x-all", "x-evil").containsEntry("x-other", "1");
    }

    // Ids

    @Test
    void opensSessionsWithIdsOfTheUser() throws IOException {
        options.sessionIds(request -> "id of " + request.parameter("user"));
        options.sessionIds(request -> "id/of&" + request.parameter("user"));
        start();

        assertThat(sid(get(POLLING + "&user=a").body())).isEqualTo("id/of&a");
        assertThat(post(POLLING + "&sid=id%2Fof%26a", "3").body()).isEqualTo("ok");
        assertThat(sid(webSocket(WEBSOCKET + "&user=b").read().text())).isEqualTo("id/of&b");
    }

    @Test
    void refusesIdsThatCannotBeUsed() throws IOException {
        Queue<String> ids = new ArrayDeque<>(List.of("one", "one", "", "a b", "a\"b", "a\\b", "é", "x".repeat(257)));
        options.sessionIds(request -> ids.remove());
        start();

        assertThat(get(POLLING).status()).isEqualTo(200);
        while (!ids.isEmpty()) {
            assertThat(get(POLLING).body()).isEqualTo(BAD_REQUEST);
        }
        assertThat(get(POLLING).body()).isEqualTo(BAD_REQUEST);
        assertThat(webSocket(WEBSOCKET).handshake().body()).isEqualTo("Bad request");
    }
}
