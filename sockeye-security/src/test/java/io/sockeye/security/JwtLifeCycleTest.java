// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import io.sockeye.api.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a socket while its token expires, is replaced, or is revoked. The clock of the tokens is moved by the tests. */
@Timeout(60)
class JwtLifeCycleTest {
    private final byte[] secret = Signer.newSecret(32);
    private final Signer signer = Signer.secret("HS256", secret);
    private final SettableClock clock = new SettableClock();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<AuthEnd> ends = new CopyOnWriteArrayList<>();

    private final JwtAuth auth = auth();
    private Sockeye server;

    record User(String sub, Integer level) {}

    private JwtAuth auth() {
        return JwtAuth.builder()
                .secret(secret)
                .clock(clock)
                .claims(User.class)
                .requireExpiry(false)
                .clockSkew(Duration.ZERO)
                .expiryNotice(Duration.ofMinutes(1))
                .expiryGrace(Duration.ofSeconds(10))
                .build();
    }

    private Sockeye start(SockeyeBuilder builder, JwtAuth used) {
        Sockeye started = builder.host("127.0.0.1").port(0).build();
        opened.add(started);
        for (String namespace : List.of("/", "/other")) {
            started.namespace(namespace)
                    .use(used)
                    .onConnect(socket -> socket.emit("hello"))
                    .on("level", Void.class, Map.class, (socket, nothing) -> {
                        Integer level = socket.get(User.class).level();
                        return Map.of("level", level == null ? 0 : level);
                    })
                    .onDisconnect((socket, reason) -> socket.find(AuthEnd.class).ifPresent(ends::add));
        }
        return started.start();
    }

    private int start() {
        server = start(Sockeye.builder(), auth);
        return server.port();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private String token(String subject, long seconds, String more) {
        return signer.token("{'sub':'" + subject + "','exp':" + (clock.seconds() + seconds) + more + "}");
    }

    private RealClient connected(int port, String token) throws Exception {
        RealClient client = RealClient.withToken(port, token);
        opened.add(client);
        client.await("hello");
        return client;
    }

    @Test
    void tells_a_client_before_its_token_expires_and_ends_it_afterwards() throws Exception {
        RealClient client = connected(start(), token("ada", 100, ""));
        clock.forward(Duration.ofSeconds(50));
        assertThat(client.await("auth_expiring", "secondsLeft")).isEqualTo(50);
        assertThat(client.await("auth_expiring", "expiresAt"))
                .isEqualTo(clock.instant().plusSeconds(50).toString());
        clock.forward(Duration.ofSeconds(59));
        assertThat(client.ask("level")).hasToString("{\"level\":0}");
        clock.forward(Duration.ofSeconds(1));
        assertThat(client.await("auth_expired", "message")).isEqualTo("The token has expired");
        assertThat(client.await("disconnect")).isEqualTo("io server disconnect");
        await().untilAsserted(() -> assertThat(ends).containsExactly(AuthEnd.EXPIRED));
        assertThat(server.namespace("/").sockets()).isEmpty();
    }

    @Test
    void ends_a_socket_that_was_not_told_because_the_clock_jumped() throws Exception {
        RealClient client = connected(start(), token("ada", 100, ""));
        clock.forward(Duration.ofDays(1));
        client.await("auth_expired");
        client.await("disconnect");
        assertThat(client.has("auth_expiring")).isFalse();
    }

    @Test
    void takes_a_new_token_of_the_same_subject() throws Exception {
        RealClient client = connected(start(), token("ada", 30, ""));
        client.await("auth_expiring");
        JSONObject answer = client.ask("auth_refresh", token("ada", 600, ",'level':7"));
        assertThat(answer.get("status")).isEqualTo("success");
        assertThat(answer.get("expiresAt"))
                .isEqualTo(clock.instant().plusSeconds(600).toString());
        assertThat(client.ask("level")).hasToString("{\"level\":7}");
        clock.forward(Duration.ofMinutes(5));
        assertThat(client.ask("auth_refresh", new JSONObject(Map.of("token", token("ada", 900, ""))))
                        .get("status"))
                .isEqualTo("success");
        clock.forward(Duration.ofSeconds(909));
        assertThat(client.ask("level")).hasToString("{\"level\":0}");
        clock.forward(Duration.ofSeconds(1));
        client.await("auth_expired");
    }

    @Test
    void refuses_a_new_token_that_is_not_right() throws Exception {
        RealClient client = connected(start(), token("ada", 100, ",'level':1"));
        for (String wrong : List.of(
                "x",
                token("eve", 600, ""),
                token("ada", -1, ""),
                signer.token("{'exp':9999999999}"),
                token("ada", 600, ",'iss':'elsewhere'"),
                token("ada", 600, ",'level':'high'"),
                Signer.secret("HS256", Signer.newSecret(32)).token("{'sub':'ada','exp':9999999999}"))) {
            JSONObject answer = client.ask("auth_refresh", wrong);
            assertThat(answer.get("status")).as(wrong).isEqualTo("error");
            assertThat(answer.get("message")).isEqualTo("Authentication error: Invalid token");
            assertThat(answer.length()).isEqualTo(2);
        }
        for (Object[] none : new Object[][] {{}, {""}, {7}, {JSONObject.NULL}, {new JSONObject()}}) {
            assertThat(client.ask("auth_refresh", none).get("message"))
                    .isEqualTo("Authentication error: Token missing");
        }
        assertThat(client.ask("level")).hasToString("{\"level\":1}");
        clock.forward(Duration.ofSeconds(110));
        client.await("auth_expired");
    }

    @Test
    void leaves_alone_what_never_expires() throws Exception {
        RealClient client = connected(start(), signer.token("{'sub':'ada'}"));
        clock.forward(Duration.ofDays(10_000));
        RealClient other = connected(server.port(), token("bob", 10, ""));
        clock.forward(Duration.ofMinutes(1));
        other.await("auth_expired");
        assertThat(client.ask("level")).hasToString("{\"level\":0}");
        assertThat(client.ask("auth_refresh", token("ada", 30, "")).get("status"))
                .isEqualTo("success");
        client.await("auth_expiring");
        assertThat(client.ask("auth_refresh", signer.token("{'sub':'ada'}")).get("status"))
                .isEqualTo("success");
        clock.forward(Duration.ofDays(1));
        assertThat(client.ask("level")).hasToString("{\"level\":0}");
    }

    @Test
    void keeps_nothing_of_sockets_that_are_gone() throws Exception {
        int port = start();
        for (int i = 0; i < 50; i++) {
            try (RawClient client = RawClient.openSocketIo(port)) {
                client.send("40{\"token\":\"" + token("user" + i, 1000 + i, "") + "\"}");
                assertThat(client.next()).startsWith("40");
            }
        }
        await().untilAsserted(() -> assertThat(auth.watched()).isZero());
    }

    // Revocation

    @Test
    void ends_all_sockets_of_a_revoked_token_at_once() throws Exception {
        int port = start();
        String token = token("ada", 600, ",'jti':'7'");
        RealClient first = connected(port, token);
        RealClient second = new RealClient(port, "/other", options -> options.auth = Map.of("token", token));
        opened.add(second);
        second.await("hello");
        RealClient same = connected(port, token("ada", 600, ",'jti':'8'"));
        auth.revokeToken("7", clock.instant().plusSeconds(600));
        for (RealClient ended : List.of(first, second)) {
            assertThat(ended.await("auth_revoked", "message")).isEqualTo("The token was revoked");
            assertThat(ended.await("disconnect")).isEqualTo("io server disconnect");
        }
        await().untilAsserted(() -> assertThat(ends).containsExactly(AuthEnd.REVOKED, AuthEnd.REVOKED));
        assertThat(same.ask("level")).hasToString("{\"level\":0}");
        RealClient again = RealClient.withToken(port, token);
        opened.add(again);
        assertThat(again.refusal()).isEqualTo("Authentication error: Invalid token");
    }

    @Test
    void ends_all_sockets_of_a_revoked_subject_and_takes_later_tokens() throws Exception {
        int port = start();
        RealClient ada = connected(port, token("ada", 600, ",'iat':" + clock.seconds()));
        RealClient bob = connected(port, token("bob", 600, ""));
        auth.revokeSubject("ada", clock.instant().plusSeconds(600));
        ada.await("auth_revoked");
        clock.forward(Duration.ofSeconds(1));
        connected(port, token("ada", 600, ",'iat':" + clock.seconds()));
        assertThat(bob.ask("level")).hasToString("{\"level\":0}");
    }

    @Test
    void refuses_a_new_token_that_was_revoked() throws Exception {
        RealClient client = connected(start(), token("ada", 600, ""));
        auth.revokeToken("9", clock.instant().plusSeconds(600));
        assertThat(client.ask("auth_refresh", token("ada", 900, ",'jti':'9'")).get("message"))
                .isEqualTo("Authentication error: Invalid token");
    }

    @Test
    void revokes_on_all_servers() throws Exception {
        LinkedServers cluster = new LinkedServers();
        server = start(Sockeye.builder().adapter(cluster), auth);
        JwtAuth elsewhere = auth();
        Sockeye other = start(Sockeye.builder().adapter(cluster), elsewhere);
        String token = token("ada", 600, ",'jti':'7'");
        RealClient here = connected(server.port(), token);
        RealClient there = connected(other.port(), token);
        RealClient bob = connected(other.port(), token("bob", 600, ""));
        auth.revokeToken("7", clock.instant().plusSeconds(600));
        here.await("auth_revoked");
        there.await("auth_revoked");
        there.await("disconnect");
        assertThat(elsewhere.revocations()).isEqualTo(1);
        RealClient again = RealClient.withToken(other.port(), token);
        opened.add(again);
        assertThat(again.refusal()).isEqualTo("Authentication error: Invalid token");
        elsewhere.revokeSubject("bob", clock.instant().plusSeconds(600));
        bob.await("auth_revoked");
        await().untilAsserted(() -> assertThat(auth.revocations()).isEqualTo(2));
    }

    @Test
    void remembers_no_revocation_of_a_token_that_has_expired() {
        auth.revokeToken("7", Instant.EPOCH);
        assertThat(auth.revocations()).isZero();
    }

    @Test
    void lets_the_socket_be_found_by_what_ended_it() throws Exception {
        RealClient client = connected(start(), token("ada", 600, ",'jti':'7'"));
        Socket socket = server.namespace("/").sockets().iterator().next();
        auth.revokeToken("7", clock.instant().plusSeconds(600));
        client.await("disconnect");
        assertThat(socket.find(AuthEnd.class)).contains(AuthEnd.REVOKED);
    }
}
