// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.sockeye.Sockeye;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JwksTest {
    private static final KeyPair RSA = Signer.newKeys("RSA", 2048);
    private static final KeyPair P256 = Signer.newCurveKeys("secp256r1");
    private static final KeyPair ED25519 = Signer.newKeys("Ed25519", 0);
    private static final String CLAIMS = "{'sub':'ada','exp':9999999999}";

    private final KeyServer keys = new KeyServer();

    @AfterEach
    void close() {
        keys.close();
    }

    private JwtAuth auth(UnaryOperator<Jwks.Builder> settings) {
        return JwtAuth.builder()
                .jwks(settings.apply(Jwks.builder(keys.url()).timeout(Duration.ofSeconds(5)))
                        .build())
                .build();
    }

    private JwtAuth auth() {
        return auth(settings -> settings);
    }

    private static JWK rsa(String id) {
        return new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    private static JWK elliptic(String id) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) P256.getPublic())
                .keyID(id)
                .build();
    }

    private static JWK edwards(String id) {
        byte[] encoded = ED25519.getPublic().getEncoded();
        return new OctetKeyPair.Builder(
                        Curve.Ed25519,
                        Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)))
                .keyID(id)
                .build();
    }

    private static String token(String algorithm, KeyPair pair, String id) {
        return Signer.keys(algorithm, pair).token("{'alg':'" + algorithm + "','kid':'" + id + "'}", CLAIMS);
    }

    private static void assertRefused(JwtAuth auth, String token, TokenFault fault) {
        InvalidToken refused = catchThrowableOfType(InvalidToken.class, () -> auth.verify(token));
        assertThat(refused).isNotNull();
        assertThat(refused.fault()).isEqualTo(fault);
    }

    @Test
    void takes_keys_of_each_kind_and_fetches_them_once() {
        keys.publish(rsa("r"), elliptic("e"), edwards("d"));
        JwtAuth auth = auth();
        for (int i = 0; i < 3; i++) {
            assertThat(auth.verify(token("RS256", RSA, "r")).subject()).isEqualTo("ada");
            assertThat(auth.verify(token("PS512", RSA, "r"))).isNotNull();
            assertThat(auth.verify(token("ES256", P256, "e"))).isNotNull();
            assertThat(auth.verify(token("EdDSA", ED25519, "d"))).isNotNull();
            assertThat(auth.verify(Signer.keys("ES256", P256).token(CLAIMS))).isNotNull();
        }
        assertThat(keys.requests()).isEqualTo(1);
    }

    @Test
    void refuses_tokens_of_other_keys() {
        keys.publish(rsa("r"), elliptic("e"));
        JwtAuth auth = auth();
        assertRefused(auth, token("RS256", Signer.newKeys("RSA", 2048), "r"), TokenFault.SIGNATURE);
        assertRefused(auth, token("RS256", RSA, "e"), TokenFault.KEY);
        assertRefused(auth, token("ES256", P256, "r"), TokenFault.KEY);
        byte[] published = RSA.getPublic().getEncoded();
        assertRefused(
                auth,
                Signer.secret("HS256", published).token("{'alg':'HS256','kid':'r'}", CLAIMS),
                TokenFault.ALGORITHM);
    }

    @Test
    void passes_over_keys_that_are_not_for_it() {
        KeyPair weak = Signer.newKeys("RSA", 1024);
        keys.publish(
                new RSAKey.Builder((RSAPublicKey) weak.getPublic())
                        .keyID("weak")
                        .build(),
                new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                        .keyID("enc")
                        .keyUse(KeyUse.ENCRYPTION)
                        .build(),
                new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                        .keyID("ps")
                        .algorithm(com.nimbusds.jose.JWSAlgorithm.PS256)
                        .build());
        JwtAuth auth = auth();
        assertRefused(auth, token("RS256", weak, "weak"), TokenFault.KEY);
        assertRefused(auth, token("RS256", RSA, "enc"), TokenFault.KEY);
        assertRefused(auth, token("RS256", RSA, "ps"), TokenFault.KEY);
        assertThat(auth.verify(token("PS256", RSA, "ps"))).isNotNull();
    }

    @Test
    void takes_a_new_key_as_soon_as_a_token_names_it() {
        keys.publish(rsa("old"));
        JwtAuth auth = auth();
        assertThat(auth.verify(token("RS256", RSA, "old"))).isNotNull();
        keys.publish(elliptic("new"));
        assertThat(auth.verify(token("ES256", P256, "new"))).isNotNull();
        assertRefused(auth, token("RS256", RSA, "old"), TokenFault.KEY);
    }

    @Test
    void fetches_no_more_often_for_unknown_keys_than_allowed() {
        keys.publish(rsa("r"));
        JwtAuth auth = auth(settings -> settings.fetchInterval(Duration.ofMinutes(1)));
        assertThat(auth.verify(token("RS256", RSA, "r"))).isNotNull();
        for (int i = 0; i < 50; i++) {
            assertRefused(auth, token("RS256", RSA, "unknown" + i), TokenFault.KEY);
        }
        assertThat(keys.requests()).isLessThanOrEqualTo(2);
        assertThat(auth.verify(token("RS256", RSA, "r"))).isNotNull();
    }

    @Test
    void goes_on_with_the_keys_of_before_while_they_cannot_be_fetched() {
        keys.publish(rsa("r"));
        JwtAuth auth = auth(settings -> settings.cacheFor(Duration.ofSeconds(1)).fetchInterval(Duration.ofMillis(1)));
        String token = token("RS256", RSA, "r");
        assertThat(auth.verify(token)).isNotNull();
        keys.fail();
        int before = keys.requests();
        await().until(() -> {
            assertThat(auth.verify(token)).isNotNull();
            return keys.requests() > before + 2;
        });
    }

    @Test
    void says_that_keys_cannot_be_fetched_and_goes_on_when_they_can() {
        keys.fail();
        JwtAuth auth = auth(settings -> settings.fetchInterval(Duration.ofMillis(1)));
        String token = token("RS256", RSA, "r");
        assertThatThrownBy(() -> auth.verify(token))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining(keys.url())
                .hasMessageNotContaining(token);
        keys.publish(rsa("r"));
        await().untilAsserted(() -> assertThat(auth.verify(token)).isNotNull());
    }

    @Test
    void takes_nothing_that_is_no_key_set() {
        for (String body :
                new String[] {"", "[]", "{}", "{\"keys\":1}", "<html>", "{\"keys\":[{}]}", "x".repeat(300_000)}) {
            keys.publish(body);
            assertThatThrownBy(() -> auth().verify(token("RS256", RSA, "r")))
                    .isInstanceOfAny(KeysUnavailable.class, InvalidToken.class);
        }
    }

    @Test
    void refuses_clients_neutrally_while_there_are_no_keys_and_lets_others_be_served() throws Exception {
        keys.hang();
        JwtAuth auth =
                auth(settings -> settings.fetchInterval(Duration.ofMillis(1)).timeout(Duration.ofSeconds(20)));
        try (Sockeye server =
                Sockeye.builder().host("127.0.0.1").port(0).eventLoops(1).build()) {
            server.namespace("/").use(auth).onConnect(socket -> socket.emit("hello"));
            server.namespace("/open").onConnect(socket -> socket.emit("hello"));
            int port = server.start().port();
            try (RealClient waiting = RealClient.withToken(port, token("RS256", RSA, "r"));
                    RealClient other = new RealClient(port, "/open", options -> {})) {
                other.await("hello");
                assertThat(waiting.has("connect_error")).isFalse();
                keys.fail();
                assertThat(waiting.refusal()).isEqualTo("Connection refused");
            }
            keys.publish(rsa("r"));
            await().untilAsserted(() -> {
                try (RealClient again = RealClient.withToken(port, token("RS256", RSA, "r"))) {
                    await().until(() -> again.has("hello") || again.has("connect_error"));
                    assertThat(again.has("hello")).isTrue();
                }
            });
        }
    }
}
