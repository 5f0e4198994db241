// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static io.sockeye.testing.RawWebSocketClient.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.HttpCompression;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.testing.RawDeflate;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawHttpClient.Response;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RawWebSocketClient.Frame;
import io.sockeye.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    private static final String GZIP = "Accept-Encoding: gzip, deflate;q=0.5";
    private static final String SESSION = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    final RunningServer server = new RunningServer();

    private RawHttpClient client() throws IOException {
        return server.closing(RawHttpClient.connect(address()));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private void start(SockeyeBuilder options, String greeting) {
        server.start(options, sockeye -> sockeye.namespace("/").onConnect(socket -> socket.emit("greeting", greeting)));
    }

    /** The first poll that brings the greeting; the session is closed afterwards. */
    private Response poll(String... fields) throws IOException {
        RawHttpClient client = client();
        String open = client.request("GET", SESSION).read().body();
        String sid = open.substring("0{'sid':'".length(), open.indexOf("','upgrades'".replace('\'', '"')));
        String target = SESSION + "&sid=" + sid;
        client.send(RawHttpClient.head("POST", target, "Content-Length: 2") + "40")
                .read();
        Response answer = client.request("GET", target, fields).read();
        while (answer.body().startsWith("40") && !answer.body().contains("greeting")) {
            answer = client.request("GET", target, fields).read();
        }
        client.send(RawHttpClient.head("POST", target, "Content-Length: 1") + "1")
                .read();
        return answer;
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 500_000})
    void longAnswersToPollsAreCompressed(int size) throws Exception {
        start(Sockeye.builder(), "x".repeat(size));
        Response gzip = poll(GZIP);
        assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
        assertThat(gzip.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(gzip.header("cache-control")).isEqualTo("no-store");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.bytes())).readAllBytes())
                .asString()
                .endsWith("42[\"greeting\",\"" + "x".repeat(size) + "\"]");
        Response deflate = poll("Accept-Encoding: deflate");
        assertThat(deflate.header("content-encoding")).isEqualTo("deflate");
        assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.bytes())).readAllBytes())
                .asString()
                .endsWith("xx\"]");
    }

    @Test
    void answersToClientsThatDoNotAcceptItAndShortOnesAreLeftAsTheyAre() throws Exception {
        start(Sockeye.builder(), "x".repeat(2_000));
        assertThat(poll().header("content-encoding")).isEmpty();
        start(Sockeye.builder(), "x".repeat(900));
        assertThat(poll(GZIP).header("content-encoding")).isEmpty();
    }

    @Test
    void compressionOfPollsCanBeSwitchedOff() throws Exception {
        start(Sockeye.builder().httpCompression(HttpCompression.off()), "x".repeat(2_000));
        assertThat(poll(GZIP).header("content-encoding")).isEmpty();
    }

    private Frame greeting(String... fields) throws IOException {
        RawWebSocketClient client =
                server.closing(RawWebSocketClient.connect(address(), "/socket.io/?EIO=4&transport=websocket", fields));
        client.read();
        client.text("40").read();
        return client.read();
    }

    @Test
    void eventsAreCompressedOnWebSocketsWhereThatIsSwitchedOn() throws Exception {
        start(Sockeye.builder().perMessageDeflate(PerMessageDeflate.on()), "x".repeat(2_000));
        Frame plain = greeting();
        assertThat(plain.flags()).isEqualTo(0x80);
        Frame compressed = greeting(RawDeflate.OFFER);
        assertThat(compressed.flags()).isEqualTo(0xc0);
        assertThat(RawDeflate.inflate(compressed.payload())).isEqualTo(plain.payload());
        assertThat(plain.payload()).isEqualTo(utf8("42[\"greeting\",\"" + "x".repeat(2_000) + "\"]"));
    }

    @Test
    void webSocketsAreNotCompressedByDefault() throws Exception {
        start(Sockeye.builder(), "x".repeat(2_000));
        assertThat(greeting(RawDeflate.OFFER).flags()).isEqualTo(0x80);
    }
}
