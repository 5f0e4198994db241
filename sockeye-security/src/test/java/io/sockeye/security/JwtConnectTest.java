// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import io.sockeye.api.ConnectRefused;
import io.sockeye.event.PayloadException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real clients of a server that lets in who has a token. */
@Timeout(60)
class JwtConnectTest {
    private static final String MISSING = "Authentication error: Token missing";
    private static final String INVALID = "Authentication error: Invalid token";

    private final byte[] secret = Signer.newSecret(32);
    private final Signer signer = Signer.secret("HS256", secret);
    private final SettableClock clock = new SettableClock();
    private final JwtAuthBuilder options = JwtAuth.builder().secret(secret).clock(clock);
    private Sockeye server;

    record User(String sub, List<String> roles) {}

    private String token(String more) {
        return signer.token("{'sub':'ada','roles':['admin'],'exp':" + (clock.seconds() + 600) + more + "}");
    }

    private int start() {
        return start(Sockeye.builder(), all -> {});
    }

    private int start(SockeyeBuilder builder, Consumer<Sockeye> more) {
        server = builder.host("127.0.0.1").port(0).build();
        server.namespace("/")
                .use(options.claims(User.class).build())
                .onConnect(socket ->
                        socket.emit("hello", socket.get(User.class).roles().get(0)))
                .on(
                        "who",
                        Void.class,
                        String.class,
                        (socket, nothing) -> socket.get(JwtClaims.class).subject());
        more.accept(server);
        return server.start().port();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static void assertRefused(RealClient client, String message) throws Exception {
        try (client) {
            assertThat(client.refusal()).isEqualTo(message);
        }
    }

    private static void assertGreeted(RealClient client) throws Exception {
        try (client) {
            assertThat(client.await("hello")).isEqualTo("admin");
        }
    }

    @Test
    void lets_in_who_has_a_token_in_the_auth_object() throws Exception {
        assertGreeted(RealClient.withToken(start(), token("")));
    }

    @Test
    void lets_in_who_has_a_token_in_the_header() throws Exception {
        int port = start();
        for (String scheme : List.of("Bearer ", "bearer ", "BEARER  ")) {
            assertGreeted(new RealClient(
                    port, all -> all.extraHeaders = Map.of("Authorization", List.of(scheme + token("")))));
        }
    }

    @Test
    void tells_who_has_no_token() throws Exception {
        int port = start();
        assertRefused(new RealClient(port, all -> {}), MISSING);
        assertRefused(new RealClient(port, all -> all.auth = Map.of("token", " ")), MISSING);
        assertRefused(new RealClient(port, all -> all.auth = Map.of("Token", token(""))), MISSING);
        assertRefused(
                new RealClient(port, all -> all.extraHeaders = Map.of("Authorization", List.of("Basic YTpi"))),
                MISSING);
        assertRefused(
                new RealClient(port, all -> all.extraHeaders = Map.of("Cookie", List.of("token=" + token("")))),
                MISSING);
        assertRefused(new RealClient(port, all -> all.query = "token=" + token("")), MISSING);
    }

    @Test
    void tells_nobody_why_a_token_does_not_count() throws Exception {
        int port = start();
        String header = Signer.encoded("{'alg':'none'}");
        for (String token : List.of(
                "x",
                header + "." + Signer.encoded("{'sub':'ada','exp':9999999999}") + ".",
                signer.token("{'sub':'ada','exp':1}"),
                Signer.secret("HS256", Signer.newSecret(32)).token("{'sub':'ada','exp':9999999999}"),
                token(",'nbf':9999999999"),
                token(",'aud':'shop'"))) {
            assertRefused(RealClient.withToken(port, token), INVALID);
        }
        assertThat(server.namespace("/").sockets()).isEmpty();
    }

    @Test
    void refuses_claims_that_do_not_fit_the_type_of_the_program() throws Exception {
        int port = start();
        assertRefused(
                RealClient.withToken(port, signer.token("{'sub':'ada','roles':'admin','exp':9999999999}")), INVALID);
    }

    @Test
    void does_not_go_on_to_another_place_after_a_token_that_does_not_count() throws Exception {
        int port = start();
        assertRefused(
                new RealClient(port, all -> {
                    all.auth = Map.of("token", "x");
                    all.extraHeaders = Map.of("Authorization", List.of("Bearer " + token("")));
                }),
                INVALID);
    }

    @Test
    void finds_tokens_where_it_was_told_to() throws Exception {
        options.tokenFrom(TokenSource.cookie("session"), TokenSource.query("access_token"), TokenSource.auth("jwt"));
        int port = start();
        for (String cookie :
                List.of("session=%s", "a=b; session=%s; c=d", "a=b;session=\"%s\"", "session2=x; session=%s")) {
            String field = cookie.replace("%s", token(""));
            assertGreeted(new RealClient(port, all -> all.extraHeaders = Map.of("Cookie", List.of(field))));
        }
        assertGreeted(new RealClient(port, all -> all.query = "access_token=" + token("")));
        assertGreeted(new RealClient(port, all -> all.auth = Map.of("jwt", token(""))));
        assertRefused(RealClient.withToken(port, token("")), MISSING);
    }

    @Test
    void gives_handlers_the_claims() throws Exception {
        int port = start();
        RawClient client = RawClient.openSocketIo(port);
        client.send("40{\"token\":\"" + token("") + "\"}");
        assertThat(client.next()).startsWith("40{\"sid\":");
        assertThat(client.next()).isEqualTo("42[\"hello\",\"admin\"]");
        assertThat(client.send("421[\"who\"]").next()).isEqualTo("431[\"ada\"]");
    }

    @Test
    void handles_no_event_of_who_was_refused() throws Exception {
        int port = start();
        RawClient client = RawClient.openSocketIo(port);
        client.send("40");
        assertThat(client.next()).isEqualTo("44{\"message\":\"" + MISSING + "\"}");
        client.send("421[\"who\"]");
        assertThat(client.next()).startsWith("closed");
    }

    @Test
    void serves_the_check_of_requests() throws Exception {
        JwtAuth atTheDoor = JwtAuth.builder().secret(secret).clock(clock).build();
        int port = start(Sockeye.builder().allowRequest(atTheDoor::verify), all -> {});
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=polling"));
        HttpResponse<String> refused = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"" + MISSING + "\"}");
        request.header("Authorization", "Bearer " + token(""));
        assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void serves_plain_web_sockets() throws Exception {
        JwtAuth auth = JwtAuth.builder()
                .secret(secret)
                .clock(clock)
                .tokenFrom(TokenSource.subprotocol("bearer."), TokenSource.query("token"))
                .build();
        int port = start(
                Sockeye.builder(),
                all -> all.webSocket("/feed").subprotocols("feed").onOpen(webSocket -> {
                    try {
                        webSocket.send(
                                "hello " + auth.verify(webSocket.request()).subject());
                    } catch (ConnectRefused e) {
                        webSocket.close(1008, e.publicMessage());
                    }
                }));
        RawClient reader = RawClient.open(port, "/feed", "feed", "bearer." + token(""));
        assertThat(reader.subprotocol()).isEqualTo("feed");
        assertThat(reader.next()).isEqualTo("hello ada");
        assertThat(RawClient.open(port, "/feed?token=" + token("")).next()).isEqualTo("hello ada");
        assertThat(RawClient.open(port, "/feed", "feed").next()).isEqualTo("closed 1008 " + MISSING);
        assertThat(RawClient.open(port, "/feed", "feed", "bearer.x").next()).isEqualTo("closed 1008 " + INVALID);
    }

    @Test
    void refuses_neutrally_when_the_check_of_the_program_fails() throws Exception {
        options.accept(claims -> {
            throw new IllegalStateException("the database is down");
        });
        assertRefused(RealClient.withToken(start(), token("")), "Connection refused");
    }

    record Name(String text) {}

    @Test
    void attaches_what_the_program_makes_of_the_claims() throws Exception {
        options.claims(Name.class, claims -> {
            if (claims.get("name") instanceof String name) {
                return new Name(name);
            }
            throw new PayloadException("a name is wanted");
        });
        int port = start(
                Sockeye.builder(),
                all -> all.namespace("/")
                        .onConnect(socket ->
                                socket.emit("name", socket.get(Name.class).text())));
        assertRefused(RealClient.withToken(port, token("")), INVALID);
        RawClient client = RawClient.openSocketIo(port);
        client.send("40{\"token\":\"" + token(",'name':'Ada L'") + "\"}");
        assertThat(client.next()).startsWith("40");
        assertThat(client.next()).contains("hello");
        assertThat(client.next()).isEqualTo("42[\"name\",\"Ada L\"]");
    }
}
