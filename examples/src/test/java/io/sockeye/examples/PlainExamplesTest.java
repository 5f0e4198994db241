// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.Sockeye;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples that a client of the JDK can use. */
@Timeout(30)
class PlainExamplesTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void echoWebSocket() throws Exception {
        try (Sockeye server = EchoWebSocket.start(0)) {
            Received received = new Received();
            WebSocket webSocket = open(server, "/socket", received);
            webSocket.sendText("Grüße", true).join();
            assertThat(received.next()).isEqualTo("Grüße");
            webSocket.sendClose(1000, "bye").join();
            assertThat(received.next()).isEqualTo("closed 1000");
        }
    }

    @Test
    void publicServer() throws Exception {
        try (Sockeye server = PublicServer.start(0)) {
            Received received = new Received();
            open(server, "/ticker", received).sendText("tick", true).join();
            assertThat(received.next()).isEqualTo("tick");
        }
    }

    @Test
    void webSocketFeed() throws Exception {
        try (Sockeye server = WebSocketFeed.start(0)) {
            Received stranger = new Received();
            open(server, "/feed", stranger);
            assertThat(stranger.next()).isEqualTo("closed 1008");

            Received reader = new Received();
            WebSocket webSocket = open(server, "/feed", reader, "feed.v0", "feed.v1");
            assertThat(webSocket.getSubprotocol()).isEqualTo("feed.v1");
            assertThat(reader.next()).isEqualTo("welcome");
            HttpRequest publish = request(server, "/publish")
                    .POST(BodyPublishers.ofString("news"))
                    .build();
            assertThat(http.send(publish, BodyHandlers.ofString()).body()).isEqualTo("1 of 1");
            assertThat(reader.next()).isEqualTo("news");

            webSocket.sendText("me too", true).join();
            assertThat(reader.next()).isEqualTo("closed 1003");
            await().untilAsserted(() -> assertThat(
                            http.send(publish, BodyHandlers.ofString()).body())
                    .isEqualTo("0 of 0"));
        }
    }

    @Test
    void jwtFeed() throws Exception {
        assertThat(JwtChat.ofAProvider()).isNotNull();
        try (Sockeye server = JwtChat.start(0)) {
            Received stranger = new Received();
            open(server, "/feed", stranger, "feed", "bearer.stolen");
            assertThat(stranger.next()).isEqualTo("closed 1008");

            HttpRequest login = request(server, "/login")
                    .POST(BodyPublishers.ofString("ada"))
                    .build();
            String token = http.send(login, BodyHandlers.ofString()).body();
            Received reader = new Received();
            WebSocket webSocket = open(server, "/feed", reader, "feed", "bearer." + token);
            assertThat(reader.next()).isEqualTo("hello ada");
            assertThat(webSocket.getSubprotocol()).isEqualTo("feed");
        }
    }

    @Test
    void httpRoutes(@TempDir Path downloads) throws Exception {
        Files.writeString(downloads.resolve("report.txt"), "All is well");
        try (Sockeye server = HttpRoutes.start(0, downloads)) {
            assertThat(get(server, "/hello?name=Ada%20L").body()).isEqualTo("Hello Ada L");
            assertThat(get(server, "/items/4/parts").body()).isEqualTo("{\"path\":\"/items/4/parts\"}");
            assertThat(get(server, "/").body()).contains("Hello from a file.");
            assertThat(get(server, "/some/page").body()).contains("Hello from a file.");
            assertThat(get(server, "/downloads/report.txt").body()).isEqualTo("All is well");
            assertThat(get(server, "/downloads/../secret.txt").statusCode()).isEqualTo(404);
            assertThat(get(server, "/notify").statusCode()).isEqualTo(405);
            assertThat(get(server, "/health").body()).startsWith("{\"status\":\"up\"");
            HttpRequest unsigned = request(server, "/notify")
                    .POST(BodyPublishers.ofString("Lunch"))
                    .build();
            assertThat(http.send(unsigned, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
        }
    }

    private HttpResponse<String> get(Sockeye server, String target) throws Exception {
        return http.send(request(server, target).header("accept", "text/html").build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Sockeye server, String target) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + target));
    }

    private WebSocket open(Sockeye server, String path, Received received, String... subprotocols) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        return builder.buildAsync(URI.create("ws://localhost:" + server.port() + path), received)
                .join();
    }

    /** What came on one WebSocket, in order. */
    private static final class Received implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return all.poll(10, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
            all.add(text.toString());
            return WebSocket.Listener.super.onText(webSocket, text, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            all.add("closed " + code);
            return WebSocket.Listener.super.onClose(webSocket, code, reason);
        }
    }
}
