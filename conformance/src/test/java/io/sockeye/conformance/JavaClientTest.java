// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java client of Socket.IO, against our server and, to prove the suite, against the reference. */
@Tag("client")
@ParameterizedClass
@MethodSource("ways")
class JavaClientTest {
    private static final int BURST = 120;

    /** A server, and how to connect to it. */
    record Way(String server, Callable<SuiteServer> start, List<String> transports) {
        @Override
        public String toString() {
            return server + " over " + transports;
        }
    }

    private final Way way;
    private SuiteServer server;
    private JavaClient client;

    JavaClientTest(Way way) {
        this.way = way;
    }

    static Stream<Way> ways() {
        return Stream.of(List.of("polling"), List.of("websocket"), List.of("polling", "websocket"))
                .flatMap(transports -> Stream.of(
                        new Way("Sockeye", ClientServer::new, transports),
                        new Way("the reference", ReferenceServer::new, transports)));
    }

    @BeforeEach
    void connect() throws Exception {
        server = way.start.call();
        client = JavaClient.connected(server.url(), way.transports);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** Arguments of all kinds. */
    private static List<Object[]> arguments() throws JSONException {
        byte[] nested = "é.bin".getBytes(StandardCharsets.UTF_8);
        return List.of(
                new Object[] {"aé€🐟\u0000\"\\\u2028"},
                new Object[] {},
                new Object[] {1, -1.5, true, JSONObject.NULL, "", new JSONArray(), new JSONObject()},
                new Object[] {new byte[] {4, 0, -1, 0x34}},
                new Object[] {new byte[0], "between", new byte[] {1}},
                new Object[] {new JSONObject().put("file", new JSONObject().put("parts", new JSONArray().put(nested)))
                });
    }

    @Test
    void carriesWhatIsSaidBothWays() throws Exception {
        for (Object[] args : arguments()) {
            assertThat(client.echo("message-back", "message", args)).isEqualTo(JavaClient.plain(args));
        }
    }

    @Test
    void isAnswered() throws Exception {
        for (Object[] args : arguments()) {
            assertThat(client.request("message-with-ack", args)).isEqualTo(JavaClient.plain(args));
        }
    }

    @Test
    void answers() throws Exception {
        client.answerQuestions();
        for (Object[] args : arguments()) {
            assertThat(client.echo("answered", "ask", args)).isEqualTo(JavaClient.plain(args));
        }
    }

    @Test
    void sendsBurstsOfWhichNothingIsLost() {
        List<Object> back = new ArrayList<>();
        client.socket().on("message-back", args -> back.add(JavaClient.plain(args)));
        List<Object> sent = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            Object[] args = {i, new byte[] {(byte) i}};
            client.socket().emit("message", args);
            sent.add(JavaClient.plain(args));
        }
        Awaitility.await().untilAsserted(() -> assertThat(List.copyOf(back)).isEqualTo(sent));
    }

    @Test
    void getsBurstsOfWhichNothingIsLost() {
        List<Object> parts = new ArrayList<>();
        client.socket().on("part", args -> parts.add(JavaClient.plain(args)));
        client.socket().emit("burst", BURST);
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            expected.add(JavaClient.plain(i, new byte[] {(byte) i}));
        }
        Awaitility.await().untilAsserted(() -> assertThat(List.copyOf(parts)).isEqualTo(expected));
    }

    @Test
    void carriesAuth() throws Exception {
        try (JavaClient custom = JavaClient.of(server.url() + "/custom", way.transports, Map.of("token", "é🐟"))) {
            assertThat(custom.await("auth", custom.socket()::connect)).containsExactly(Map.of("token", "é🐟"));
        }
    }

    @Test
    void isToldWhyItIsRefused() throws Exception {
        assertThat(refusal("/unknown", Map.of())).isEqualTo(Map.of("message", "Invalid namespace"));
        assertThat(refusal("/refusing", Map.of())).isEqualTo(Map.of("message", "no entry"));
        assertThat(refusal("/refusing", Map.of("detail", "é")))
                .isEqualTo(Map.of("message", "no entry", "data", Map.of("detail", "é")));
    }

    private Object refusal(String namespace, Map<String, String> auth) throws InterruptedException {
        try (JavaClient refused = JavaClient.of(server.url() + namespace, way.transports, auth)) {
            return refused.await(Socket.EVENT_CONNECT_ERROR, refused.socket()::connect)
                    .get(0);
        }
    }

    @Test
    void leavesAndIsMissed() throws Exception {
        try (JavaClient leaver = JavaClient.connected(server.url(), way.transports)) {
            String id = leaver.socket().id();
            assertThat(leaver.await(Socket.EVENT_DISCONNECT, leaver.socket()::disconnect))
                    .containsExactly("io client disconnect");
            awaitReason(id, "client namespace disconnect");
        }
    }

    @Test
    void isSentAway() throws Exception {
        for (String event : List.of("kick", "kick-all")) {
            try (JavaClient guest = JavaClient.connected(server.url(), way.transports)) {
                String id = guest.socket().id();
                assertThat(guest.echo(Socket.EVENT_DISCONNECT, event)).containsExactly("io server disconnect");
                awaitReason(id, "server namespace disconnect");
            }
        }
    }

    private void awaitReason(String id, String reason) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(client.request("reason-of", id)).containsExactly(reason));
    }

    /* Not a server that was started anew: over WebSocket this client does not see that a server closes. */
    @Test
    void comesBackWhenTheNetworkWasCut() throws Exception {
        try (CutNetwork network = new CutNetwork(URI.create(server.url()).getPort());
                JavaClient guest = JavaClient.connected(network.url(), way.transports)) {
            CompletableFuture<List<Object>> gone = guest.next(Socket.EVENT_DISCONNECT);
            CompletableFuture<List<Object>> back = gone.thenCompose(reason -> guest.next(Socket.EVENT_CONNECT));
            // A cut between two polls goes unnoticed.
            Awaitility.await().until(() -> {
                if (!gone.isDone()) {
                    network.cut();
                }
                return gone.isDone();
            });
            assertThat((String) JavaClient.get(gone).get(0)).matches("transport (close|error)");
            JavaClient.get(back);
            assertThat(guest.echo("message-back", "message", "again")).containsExactly("again");
        }
    }
}
