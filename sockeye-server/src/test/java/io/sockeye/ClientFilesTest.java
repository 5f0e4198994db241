// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawHttpClient.Response;
import io.sockeye.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFilesTest {
    private static final String FILE = "/socket.io/socket.io.js";
    private static final String TAG = "\"4.8.4\"";

    @RegisterExtension
    final RunningServer server = new RunningServer();

    private RawHttpClient client() throws IOException {
        return server.closing(
                RawHttpClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
    }

    private Response get(String target, String... fields) throws IOException {
        return client().request("GET", target, fields).read();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".min", ".esm.min", ".msgpack.min"})
    void theBuildsOfTheClientAndTheirMapsAreServed(String build) throws Exception {
        server.start(sockeye -> {});
        Response script = get("/socket.io/socket.io" + build + ".js");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("content-type")).isEqualTo("application/javascript; charset=utf-8");
        assertThat(script.header("etag")).isEqualTo(TAG);
        assertThat(script.header("cache-control")).isEqualTo("public, max-age=0");
        assertThat(script.body()).contains("Socket.IO v4.8.4").contains("MIT License");
        Response map = get("/socket.io/socket.io" + build + ".js.map?v=1");
        assertThat(map.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(map.body()).startsWith("{");
    }

    @Test
    void filesAreCompressedForClientsThatAcceptIt() throws Exception {
        server.start(sockeye -> {});
        String plain = get(FILE).body();
        for (int i = 0; i < 2; i++) {
            Response gzip = get(FILE, "Accept-Encoding: gzip, deflate, br");
            assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
            assertThat(gzip.header("vary")).isEqualTo("Accept-Encoding");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.bytes())).readAllBytes())
                    .asString()
                    .isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TAG, "W/" + TAG})
    void whoHasTheVersionIsToldSo(String tag) throws Exception {
        server.start(sockeye -> {});
        Response answer = get(FILE, "If-None-Match: " + tag);
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.bytes()).isEmpty();
        assertThat(get(FILE, "If-None-Match: \"4.8.3\"").status()).isEqualTo(200);
    }

    @Test
    void headIsAnsweredWithoutTheFile() throws Exception {
        server.start(sockeye -> {});
        Response answer = client().request("HEAD", FILE).readHead();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Integer.parseInt(answer.header("content-length"))).isGreaterThan(100_000);
    }

    @Test
    void filesHaveTheCorsHeadersOfThePath() throws Exception {
        server.start(Sockeye.builder().allowedOrigins("https://chat.example"), sockeye -> {});
        assertThat(get(FILE, "Origin: https://chat.example").header("access-control-allow-origin"))
                .isEqualTo("https://chat.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/socket.io/version",
                "/socket.io/LICENSE",
                "/socket.io/socket.io.esm.js",
                "/socket.io/x/socket.io.js",
                "/socket.io/../socket.io/socket.io.js.txt"
            })
    void nothingElseIsServed(String target) throws Exception {
        server.start(sockeye -> {});
        assertThat(get(target).status()).isBetween(400, 404);
    }

    @Test
    void filesFollowThePathAndCanBeLeftOut() throws Exception {
        server.start(Sockeye.builder().path("/live"), sockeye -> {});
        assertThat(get("/live/socket.io.min.js").status()).isEqualTo(200);
        server.start(Sockeye.builder().serveClient(false), sockeye -> {});
        assertThat(get(FILE).body()).contains("Transport unknown");
    }
}
