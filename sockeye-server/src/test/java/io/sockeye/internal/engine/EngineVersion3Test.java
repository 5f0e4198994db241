// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.Cors;
import io.sockeye.api.DisconnectReason;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.testing.EchoEngine;
import io.sockeye.testing.EnginePoller;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineVersion3Test {
    private static final String BYTES = "application/octet-stream";
    private static final String WEBSOCKET = "/engine.io/?transport=websocket";

    @RegisterExtension
    private final EchoEngine engine = new EchoEngine();

    private void start() {
        engine.start(EchoEngine.options(true, Cors.sameOrigin()));
    }

    private EnginePoller open(String query) throws IOException {
        EnginePoller client = EnginePoller.open(engine, query);
        assertThat(client.handshake().statusLine()).isEqualTo("HTTP/1.1 200 OK");
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"&EIO=3", ""})
    void opensAPollingSession(String query) throws IOException {
        start();

        RawHttpClient.Response open = open(query).handshake();

        assertThat(open.body())
                .matches("\\d+:0\\{\"sid\":\"[\\w-]+\",\"upgrades\":\\[\"websocket\"],"
                        + "\"pingInterval\":60000,\"pingTimeout\":60000,\"maxPayload\":100000}");
        assertThat(open.body()).startsWith(open.body().length() - 4 + ":0");
        assertThat(open.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
    }

    @Test
    void echoesTextWithLengthsInCodeUnits() throws IOException {
        start();
        EnginePoller client = open("&EIO=3");

        assertThat(client.post("6:4é€😀x3:4ab").body()).isEqualTo("ok");

        assertThat(client.poll().body()).isEqualTo("6:4é€😀x3:4ab");
    }

    @Test
    void echoesBinaryDataAsBytes() throws IOException {
        start();
        EnginePoller client = open("&EIO=3");
        byte[] body = HexFormat.of().parseHex("0005ff34f09f98800104ff040102030101ff04");

        assertThat(client.post(BYTES, body).body()).isEqualTo("ok");

        RawHttpClient.Response answer = client.poll();
        assertThat(answer.header("content-type")).isEqualTo(BYTES);
        assertThat(answer.bytes()).isEqualTo(body);
    }

    @Test
    void echoesBinaryDataAsBase64WhereTheClientAskedForIt() throws IOException {
        start();
        EnginePoller client = open("&EIO=3&b64=1");

        client.post("6:b4AQID2:4x");

        RawHttpClient.Response answer = client.poll();
        assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(answer.body()).isEqualTo("6:b4AQID2:4x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:9", "9:4", "4x", "0:", "2:4😀"})
    void endsASessionThatSendsNoPayload(String body) throws IOException {
        start();
        EnginePoller client = open("&EIO=3").startPoll();

        assertThat(client.post(body).body()).isEqualTo("ok");

        assertThat(client.readPoll().body()).isEqualTo("1:1");
        assertThat(engine.ends()).containsExactly(DisconnectReason.PARSE_ERROR);
    }

    @Test
    void speaksOverAWebSocketWithTypedBinaryMessages() throws IOException {
        start();
        RawWebSocketClient client = engine.webSocket(WEBSOCKET + "&EIO=3");

        assertThat(client.read().text()).startsWith("0{\"sid\":\"");
        client.text("4é😀").binary(new byte[] {4, 1, 2}).text("b4AQI=");

        assertThat(client.read().text()).isEqualTo("4é😀");
        assertThat(client.read().payload()).containsExactly(4, 1, 2);
        assertThat(client.read().payload()).containsExactly(4, 1, 2);
    }

    @ParameterizedTest
    @CsvSource({"3, b4AQID", "4, bAQID"})
    void sendsBase64OverAWebSocketWhereTheClientAskedForIt(String version, String message) throws IOException {
        start();
        RawWebSocketClient client = engine.webSocket(WEBSOCKET + "&b64=1&EIO=" + version);
        client.read();

        client.text(message).text("4x");

        RawWebSocketClient.Frame frame = client.read();
        assertThat(frame.opcode()).isEqualTo(RawWebSocketClient.TEXT);
        assertThat(frame.text()).isEqualTo(message);
        assertThat(client.read().text()).isEqualTo("4x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02", "0034"})
    void endsASessionWhoseBinaryMessageHasNoType(String hex) throws IOException {
        start();
        RawWebSocketClient client = engine.webSocket(WEBSOCKET + "&EIO=3");
        client.read();

        client.binary(HexFormat.of().parseHex(hex));

        assertThat(client.read().closeCode()).isEqualTo(1005);
        assertThat(engine.ends()).containsExactly(DisconnectReason.PARSE_ERROR);
    }

    @Test
    void upgradesToAWebSocket() throws IOException {
        start();
        EnginePoller client = open("&EIO=3").startPoll();
        RawWebSocketClient webSocket = client.upgrade("&EIO=3");

        webSocket.text("2probe");

        assertThat(webSocket.read().text()).isEqualTo("3probe");
        assertThat(client.readPoll().body()).isEqualTo("1:6");
        webSocket.text("5").text("4after").text("2");
        assertThat(webSocket.read().text()).isEqualTo("4after");
        assertThat(webSocket.read().text()).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({"&EIO=3, &EIO=4", "&EIO=4, &EIO=3", "&EIO=4, ''", "'', &EIO=5"})
    void keepsASessionToItsVersion(String opened, String asked) throws IOException {
        start();
        EnginePoller client = open(opened);

        RawHttpClient.Response poll = engine.connect()
                .request("GET", "/engine.io/?transport=polling&sid=" + client.sid() + asked)
                .read();

        assertThat(poll.status()).isEqualTo(400);
        assertThat(poll.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(client.upgrade(asked).handshake().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&EIO=2", "&EIO=5", "&EIO=", "&EIO=3&EIO=3"})
    void refusesOtherVersions(String query) throws IOException {
        start();

        assertUnsupported(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&EIO=3", ""})
    void isNotSpokenUnlessAllowed(String query) throws IOException {
        engine.start(EchoEngine.options(false, Cors.sameOrigin()));

        assertUnsupported(query);
        assertThat(engine.webSocket(WEBSOCKET + query).handshake().body()).isEqualTo("Unsupported protocol version");
    }

    private void assertUnsupported(String query) throws IOException {
        RawHttpClient.Response refusal = EnginePoller.open(engine, query).handshake();
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.body()).isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    }

    @Test
    void answersThePingsOfTheClientAndSendsNone() throws IOException {
        engine.start(EchoEngine.options(true, Cors.sameOrigin(), 200));
        RawWebSocketClient client = engine.webSocket(WEBSOCKET + "&EIO=3");
        client.read();
        long start = System.nanoTime();

        while (System.nanoTime() - start < 600_000_000) {
            assertThat(client.text("2").read().text()).isEqualTo("3");
        }
        assertThat(client.text("2probe").read().text()).isEqualTo("3probe");

        long lastPing = System.nanoTime();
        assertThat(client.read().closeCode()).isEqualTo(1005);
        assertThat(System.nanoTime() - lastPing).isGreaterThan(350_000_000);
        assertThat(engine.ends()).containsExactly(DisconnectReason.PING_TIMEOUT);
    }

    @Test
    void endsAPollingSessionThatSendsNoPing() throws IOException {
        engine.start(EchoEngine.options(true, Cors.sameOrigin(), 100));

        assertThat(open("&EIO=3").poll().body()).isEqualTo("1:1");

        assertThat(engine.ends()).containsExactly(DisconnectReason.PING_TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "4, 2"})
    void endsASessionWhoseHeartbeatGoesTheWrongWay(String version, String packet) throws IOException {
        start();
        RawWebSocketClient client = engine.webSocket(WEBSOCKET + "&EIO=" + version);
        client.read();

        client.text(packet);

        assertThat(client.read().closeCode()).isEqualTo(1005);
        assertThat(engine.ends()).containsExactly(DisconnectReason.TRANSPORT_ERROR);
    }

    @Test
    void tellsAPollingClientThatTheSessionIsClosed() throws IOException {
        EngineServer server = engine.start(EchoEngine.options(true, Cors.sameOrigin()));
        EnginePoller client = open("&EIO=3");

        server.sessions().forEach(session -> session.close(DisconnectReason.FORCED_CLOSE));
        await().until(() -> !engine.ends().isEmpty());

        assertThat(client.poll().body()).isEqualTo("1:61:1");
    }

    @Test
    void sharesAPacketWithClientsOfVersion4() throws Exception {
        EngineServer server = engine.start(EchoEngine.options(true, Cors.sameOrigin()));
        List<RawWebSocketClient> clients = List.of(
                engine.webSocket(WEBSOCKET + "&EIO=3"),
                engine.webSocket(WEBSOCKET + "&EIO=4"),
                engine.webSocket(WEBSOCKET + "&EIO=3"),
                engine.webSocket(WEBSOCKET + "&EIO=4"));
        for (RawWebSocketClient client : clients) {
            client.read();
        }
        EncodedPacket packet =
                EncodedPacket.text("451-[\"é\"]".getBytes(StandardCharsets.UTF_8), List.of(new byte[] {7}));

        server.sessions()
                .iterator()
                .next()
                .loop()
                .execute(() -> server.sessions().forEach(session -> session.deliver(packet, false, true)));

        for (int i = 0; i < clients.size(); i++) {
            assertThat(clients.get(i).read().text()).isEqualTo("451-[\"é\"]");
            assertThat(clients.get(i).read().payload()).isEqualTo(i % 2 == 0 ? new byte[] {4, 7} : new byte[] {7});
        }
    }
}
