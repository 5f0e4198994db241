// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.Cors;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.StaticContent;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {
    private static final String GOOD = "https://chat.example";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEB_SOCKET = "/socket.io/?EIO=4&transport=websocket";

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private void start(Cors cors) {
        running.start(Sockeye.builder().cors(cors).shutdownTimeout(Duration.ofMillis(200)), s -> {});
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
    }

    private RawHttpClient.Response http(String method, String target, String... headers) throws Exception {
        return running.closing(RawHttpClient.connect(address()))
                .request(method, target, headers)
                .read();
    }

    private int webSocketStatus(String origin) throws Exception {
        return running.closing(RawWebSocketClient.connect(address(), WEB_SOCKET, "Origin: " + origin))
                .handshake()
                .status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil-chat.example", "https://chat.example.evil.org", "null", "http://chat.example"})
    void theSameListGuardsPollingAndTheWebSocketHandshake(String origin) throws Exception {
        start(Cors.origins(GOOD).build());
        RawHttpClient.Response answer = http("GET", POLLING, "Origin: " + origin);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
        assertThat(webSocketStatus(origin)).isEqualTo(403);
    }

    @Test
    void anOriginOnTheListIsLetInAndNamedInTheAnswer() throws Exception {
        start(Cors.origins(GOOD, "https://other.example").credentials(true).build());
        RawHttpClient.Response answer = http("GET", POLLING, "Origin: " + GOOD);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(GOOD);
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(answer.header("vary")).isEqualTo("Origin");
        assertThat(webSocketStatus(GOOD)).isEqualTo(101);
    }

    @Test
    void theStarIsAnsweredAsAStar() throws Exception {
        start(Cors.origins("*").build());
        RawHttpClient.Response answer = http("GET", POLLING, "Origin: https://any.example");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-credentials");
        assertThat(webSocketStatus("https://any.example")).isEqualTo(101);
    }

    @Test
    void errorsCarryTheHeadersTooSoThatThePageCanReadThem() throws Exception {
        start(Cors.origins(GOOD).build());
        RawHttpClient.Response answer = http("GET", POLLING + "&sid=unknown", "Origin: " + GOOD);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(GOOD);
    }

    @Test
    void aPreflightIsAnsweredWithWhatIsAllowed() throws Exception {
        start(Cors.origins(GOOD)
                .methods("GET", "POST")
                .allowedHeaders("authorization")
                .maxAge(Duration.ofMinutes(10))
                .build());
        RawHttpClient.Response answer =
                http("OPTIONS", POLLING, "Origin: " + GOOD, "Access-Control-Request-Method: POST");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(GOOD);
        assertThat(answer.header("access-control-allow-methods")).isEqualTo("GET,POST");
        assertThat(answer.header("access-control-allow-headers")).isEqualTo("authorization");
        assertThat(answer.header("access-control-max-age")).isEqualTo("600");
    }

    @Test
    void aPreflightOfAForeignPageNamesNoOrigin() throws Exception {
        start(Cors.origins(GOOD).build());
        RawHttpClient.Response answer = http("OPTIONS", POLLING, "Origin: https://evil.example");
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void oneListGuardsPollingWebSocketsPlainOnesAndFiles() throws Exception {
        running.start(
                Sockeye.builder().cors(Cors.origins("https://*.example.com").build()), s -> {
                    s.webSocket("/plain");
                    s.files("/", StaticContent.classPath(CrossOriginTest.class, "/io/sockeye"));
                });
        String file = "/CrossOriginTest.class";
        for (String good : List.of("https://a.example.com", "https://a.b.example.com")) {
            assertThat(http("GET", POLLING, "Origin: " + good).header("access-control-allow-origin"))
                    .isEqualTo(good);
            assertThat(http("GET", file, "Origin: " + good).header("access-control-allow-origin"))
                    .isEqualTo(good);
            assertThat(http("GET", file, "Origin: " + good).header("vary")).isEqualTo("Origin");
            assertThat(webSocketStatus(good)).isEqualTo(101);
            assertThat(plainStatus(good)).isEqualTo(101);
        }
        for (String evil : List.of("https://evil-example.com", "https://example.com.evil", "null")) {
            assertThat(http("GET", POLLING, "Origin: " + evil).status()).isEqualTo(403);
            assertThat(http("GET", file, "Origin: " + evil).headers()).doesNotContainKey("access-control-allow-origin");
            assertThat(webSocketStatus(evil)).isEqualTo(403);
            assertThat(plainStatus(evil)).isEqualTo(403);
        }
    }

    private int plainStatus(String origin) throws Exception {
        return running.closing(RawWebSocketClient.connect(address(), "/plain", "Origin: " + origin))
                .handshake()
                .status();
    }

    @Test
    void nullIsTreatedLikeAnyOtherOriginOnceItIsAllowed() throws Exception {
        start(Cors.origins(GOOD).nullOrigin(true).credentials(true).build());
        RawHttpClient.Response answer = http("GET", POLLING, "Origin: null");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("null");
        assertThat(webSocketStatus("null")).isEqualTo(101);
    }

    @Test
    void refusedOriginsAreCounted() throws Exception {
        Sockeye server = running.start(Sockeye.builder(), s -> s.webSocket("/plain"));
        http("GET", POLLING, "Origin: https://evil.example");
        webSocketStatus("https://evil.example");
        plainStatus("https://evil.example");
        assertThat(server.connections().refused()).containsEntry(RefusalReason.ORIGIN, 3L);
    }

    @Test
    void withoutAListOnlyPagesOfTheSameHostComeIn() throws Exception {
        start(Cors.sameOrigin());
        assertThat(http("GET", POLLING, "Origin: https://evil.example").status())
                .isEqualTo(403);
        assertThat(webSocketStatus("https://evil.example")).isEqualTo(403);
        RawHttpClient.Response own = http("GET", POLLING, "Origin: http://localhost");
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.headers()).doesNotContainKey("access-control-allow-origin");
    }
}
