// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.Namespace;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come back with their connection state, where middleware is asked again and where it is skipped. */
@Timeout(60)
class JwtRecoveryTest {
    private static final Pattern ADMITTED = Pattern.compile("40\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern OFFSET = Pattern.compile(".*\"([^\"]+)\"]");

    private final byte[] secret = Signer.newSecret(32);
    private final Signer signer = Signer.secret("HS256", secret);
    private final SettableClock clock = new SettableClock();
    private final JwtAuth auth =
            JwtAuth.builder().secret(secret).clock(clock).claims(User.class).build();
    private Sockeye server;
    private Namespace namespace;

    private String sid = "";
    private String pid = "";
    private String offset = "";

    record User(String sub) {}

    private void start(boolean skipMiddlewares) {
        server = Sockeye.builder()
                .host("127.0.0.1")
                .port(0)
                .connectionStateRecovery(ConnectionStateRecovery.builder()
                        .skipMiddlewares(skipMiddlewares)
                        .build())
                .build();
        namespace = server.namespace("/").use(auth).onConnect(socket -> {
            if (!socket.recovered()) {
                socket.join("private");
                socket.emit("hello", socket.get(User.class).sub());
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String token(String subject, String more) {
        return signer.token("{'sub':'" + subject + "','exp':" + (clock.seconds() + 600) + more + "}");
    }

    /** Connects as ada, breaks off, and has something sent meanwhile. */
    private void leave(String token) throws Exception {
        RawClient client = RawClient.openSocketIo(server.port());
        client.send("40{\"token\":\"" + token + "\"}");
        Matcher admitted = matched(ADMITTED, client.next());
        sid = admitted.group(1);
        pid = admitted.group(2);
        offset = matched(OFFSET, client.next()).group(1);
        client.close();
        await().until(() -> namespace.sockets().isEmpty());
        namespace.to("private").emit("secret");
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.matches()).as(text).isTrue();
        return matcher;
    }

    private RawClient comeBack(String token) throws Exception {
        return RawClient.openSocketIo(server.port())
                .send("40{\"token\":\"" + token + "\",\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
    }

    private void assertIsNew(RawClient client, String subject) throws Exception {
        assertThat(matched(ADMITTED, client.next()).group(1)).isNotEqualTo(sid);
        assertThat(client.next()).startsWith("42[\"hello\",\"" + subject + "\"");
    }

    private static void assertRefused(RawClient client) throws Exception {
        assertThat(client.next()).isEqualTo("44{\"message\":\"Authentication error: Invalid token\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void comes_back_with_a_newer_token_of_the_same_subject(boolean skipMiddlewares) throws Exception {
        start(skipMiddlewares);
        leave(token("ada", ",'jti':'1'"));
        RawClient client = comeBack(token("ada", ",'jti':'2'"));
        assertThat(client.next()).startsWith("42[\"secret\"");
        assertThat(matched(ADMITTED, client.next()).group(1)).isEqualTo(sid);
        assertThat(namespace.socket(sid).orElseThrow().get(JwtClaims.class).id())
                .isEqualTo("2");
        assertThat(namespace.socket(sid).orElseThrow().get(User.class)).isEqualTo(new User("ada"));
        auth.revokeToken("2", clock.instant().plusSeconds(600));
        assertThat(client.next()).startsWith("42[\"auth_revoked\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void does_not_come_back_once_its_token_is_revoked(boolean skipMiddlewares) throws Exception {
        start(skipMiddlewares);
        leave(token("ada", ",'jti':'1'"));
        auth.revokeToken("1", clock.instant().plusSeconds(600));
        assertRefused(comeBack(token("ada", ",'jti':'1'")));
        assertIsNew(comeBack(token("ada", ",'jti':'2'")), "ada");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void comes_as_a_new_socket_with_a_newer_token_after_the_earlier_one_was_revoked(boolean skipMiddlewares)
            throws Exception {
        start(skipMiddlewares);
        leave(token("ada", ",'jti':'1'"));
        auth.revokeToken("1", clock.instant().plusSeconds(600));
        assertIsNew(comeBack(token("ada", ",'jti':'2'")), "ada");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void does_not_come_back_with_a_token_that_has_expired_or_with_none(boolean skipMiddlewares) throws Exception {
        start(skipMiddlewares);
        String token = token("ada", "");
        leave(token);
        clock.forward(Duration.ofHours(1));
        assertRefused(comeBack(token));
        leave(token("ada", ""));
        RawClient client =
                RawClient.openSocketIo(server.port()).send("40{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
        assertThat(client.next()).isEqualTo("44{\"message\":\"Authentication error: Token missing\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void does_not_come_back_as_another_subject(boolean skipMiddlewares) throws Exception {
        start(skipMiddlewares);
        leave(token("ada", ""));
        RawClient client = comeBack(token("eve", ""));
        assertIsNew(client, "eve");
        namespace.emit("all");
        assertThat(client.next()).startsWith("42[\"all\"");
        assertIsNew(comeBack(token("ada", "")), "ada");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ends_with_its_token_after_it_has_come_back_and_may_be_refreshed(boolean skipMiddlewares) throws Exception {
        start(skipMiddlewares);
        leave(token("ada", ",'jti':'1'"));
        RawClient client = comeBack(token("ada", ",'jti':'2'"));
        assertThat(client.next()).startsWith("42[\"secret\"");
        assertThat(client.next()).startsWith("40");
        client.send("420[\"auth_refresh\",\"" + token("ada", ",'jti':'3'") + "\"]");
        assertThat(client.next()).startsWith("430[{\"status\":\"success\"");
        clock.forward(Duration.ofHours(1));
        assertThat(client.next()).startsWith("42[\"auth_expired\"");
        assertThat(client.next()).startsWith("41");
    }
}
