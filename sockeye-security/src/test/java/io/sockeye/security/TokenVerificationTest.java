// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerificationTest {
    private static final KeyPair RSA = Signer.newKeys("RSA", 2048);
    private static final KeyPair P256 = Signer.newCurveKeys("secp256r1");
    private static final KeyPair P384 = Signer.newCurveKeys("secp384r1");
    private static final KeyPair P521 = Signer.newCurveKeys("secp521r1");
    private static final KeyPair ED25519 = Signer.newKeys("Ed25519", 0);
    private static final byte[] SECRET = Signer.newSecret(64);

    private final SettableClock clock = new SettableClock();
    private final Signer signer = Signer.secret("HS256", SECRET);
    private final JwtAuth auth = auth().build();

    private JwtAuthBuilder auth() {
        return JwtAuth.builder().secret(SECRET).clock(clock);
    }

    private String claims(String more) {
        return "{'sub':'ada','exp':" + (clock.seconds() + 600) + more + "}";
    }

    private String token() {
        return signer.token(claims(""));
    }

    private static void assertRefused(JwtAuth auth, String token, TokenFault fault) {
        InvalidToken refused = catchThrowableOfType(InvalidToken.class, () -> auth.verify(token));
        assertThat(refused).isNotNull();
        assertThat(refused.fault()).isEqualTo(fault);
        assertThat(refused).hasMessageNotContaining(token.isEmpty() ? "." : token);
    }

    // Algorithms and keys

    static Stream<Signer> signers() {
        return Stream.of(
                Signer.secret("HS256", SECRET),
                Signer.secret("HS384", SECRET),
                Signer.secret("HS512", SECRET),
                Signer.keys("RS256", RSA),
                Signer.keys("RS384", RSA),
                Signer.keys("RS512", RSA),
                Signer.keys("PS256", RSA),
                Signer.keys("PS384", RSA),
                Signer.keys("PS512", RSA),
                Signer.keys("ES256", P256),
                Signer.keys("ES384", P384),
                Signer.keys("ES512", P521),
                Signer.keys("EdDSA", ED25519),
                Signer.keys("EdDSA", ED25519).named("Ed25519"));
    }

    private JwtAuth withAllPublicKeys() {
        return JwtAuth.builder()
                .clock(clock)
                .publicKey(RSA.getPublic())
                .publicKeys(Signer.pem(P256) + Signer.pem(P384) + "between\n" + Signer.pem(P521) + Signer.pem(ED25519))
                .build();
    }

    @ParameterizedTest
    @MethodSource("signers")
    void takes_each_algorithm_with_its_own_kind_of_key(Signer any) {
        String token = any.token(claims(""));
        boolean secret = token.startsWith(Signer.encoded("{'alg':'HS").substring(0, 12));
        JwtAuth right = secret ? auth : withAllPublicKeys();
        JwtAuth wrong = secret ? withAllPublicKeys() : auth;
        assertThat(right.verify(token).subject()).isEqualTo("ada");
        assertRefused(wrong, token, TokenFault.ALGORITHM);
    }

    @Test
    void takes_the_algorithms_of_the_list_only() {
        JwtAuth strict = auth().algorithms(JwtAlgorithm.HS512).build();
        assertThat(strict.verify(Signer.secret("HS512", SECRET).token(claims(""))))
                .isNotNull();
        assertRefused(strict, token(), TokenFault.ALGORITHM);
    }

    @Test
    void does_not_take_a_public_key_for_a_secret() {
        JwtAuth withKey =
                JwtAuth.builder().clock(clock).publicKeys(Signer.pem(RSA)).build();
        for (byte[] secret : List.of(
                Signer.pem(RSA).getBytes(StandardCharsets.UTF_8),
                RSA.getPublic().getEncoded(),
                new byte[64])) {
            assertRefused(withKey, Signer.secret("HS256", secret).token(claims("")), TokenFault.ALGORITHM);
        }
        assertThatThrownBy(() -> JwtAuth.builder().secret(Signer.pem(RSA)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("publicKeys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "hs256", "", "HS1", "RSA1_5", "dir", "ES256K"})
    void refuses_algorithms_that_are_none(String name) {
        assertRefused(auth, signer.named(name).token(claims("")), TokenFault.ALGORITHM);
        String unsigned = Signer.encoded("{'alg':'" + name + "'}") + "." + Signer.encoded(claims("")) + ".";
        assertRefused(auth, unsigned, TokenFault.MALFORMED);
        assertRefused(auth, unsigned + "AA", TokenFault.ALGORITHM);
    }

    @Test
    void refuses_signatures_of_others() {
        assertRefused(auth, Signer.secret("HS256", Signer.newSecret(64)).token(claims("")), TokenFault.SIGNATURE);
        JwtAuth all = withAllPublicKeys();
        assertRefused(all, Signer.keys("RS256", Signer.newKeys("RSA", 2048)).token(claims("")), TokenFault.SIGNATURE);
        assertRefused(
                all, Signer.keys("ES256", Signer.newCurveKeys("secp256r1")).token(claims("")), TokenFault.SIGNATURE);
        assertRefused(all, Signer.keys("EdDSA", Signer.newKeys("Ed25519", 0)).token(claims("")), TokenFault.SIGNATURE);
        assertRefused(all, Signer.keys("ES256", P256).named("ES384").token(claims("")), TokenFault.SIGNATURE);
    }

    @Test
    void refuses_a_signature_of_zeros() {
        String zeros = "A".repeat(86);
        for (String name : List.of("ES256", "EdDSA", "RS256")) {
            String forged = Signer.encoded("{'alg':'" + name + "'}") + "." + Signer.encoded(claims("")) + "." + zeros;
            assertRefused(withAllPublicKeys(), forged, TokenFault.SIGNATURE);
        }
    }

    @Test
    void refuses_what_was_changed_after_it_was_signed() {
        String[] parts = token().split("\\.", -1);
        assertRefused(
                auth,
                parts[0] + "." + Signer.encoded(claims("").replace("ada", "eve")) + "." + parts[2],
                TokenFault.SIGNATURE);
        assertRefused(
                auth,
                Signer.encoded("{'alg':'HS256','typ':'JWT','kid':'1'}") + "." + parts[1] + "." + parts[2],
                TokenFault.SIGNATURE);
    }

    @Test
    void takes_any_of_several_secrets() {
        byte[] next = Signer.newSecret(32);
        JwtAuth both = auth().secret(next).build();
        assertThat(both.verify(token())).isNotNull();
        assertThat(both.verify(Signer.secret("HS256", next).token(claims("")))).isNotNull();
        assertRefused(both, Signer.secret("HS512", next).token(claims("")), TokenFault.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../dev/null", "' OR 1=1 --", "http://127.0.0.1/", "\\u0000", "a|b"})
    void finds_no_key_by_what_a_token_says_of_it(String keyId) {
        String header = "{'alg':'HS256','kid':'" + keyId.replace("'", "\\u0027") + "'}";
        assertThat(auth.verify(signer.token(header, claims("")))).isNotNull();
        assertRefused(auth, Signer.secret("HS256", new byte[1]).token(header, claims("")), TokenFault.SIGNATURE);
        assertRefused(auth, Signer.secret("HS256", new byte[32]).token(header, claims("")), TokenFault.SIGNATURE);
    }

    @Test
    void uses_no_key_that_a_token_brings_along() {
        KeyPair own = Signer.newKeys("Ed25519", 0);
        byte[] encoded = own.getPublic().getEncoded();
        String x = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        String jwk = "{'kty':'OKP','crv':'Ed25519','x':'" + x + "'}";
        String header = "{'alg':'EdDSA','jwk':" + jwk + ",'jku':'http://127.0.0.1:1/jwks','x5u':'http://127.0.0.1:1/'}";
        assertRefused(withAllPublicKeys(), Signer.keys("EdDSA", own).token(header, claims("")), TokenFault.SIGNATURE);
    }

    // Form

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "a.b.c",
                "e30.e30.e30",
                "e30.e30.e30.e30.e30",
                "W10.e30.AA",
                "e30=.e30.AA",
                "e 30.e30.AA",
                "bnVsbA.e30.AA",
                "é.é.é"
            })
    void refuses_what_is_no_token(String text) {
        assertThatThrownBy(() -> auth.verify(text)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void refuses_an_encrypted_token() {
        String header = Signer.encoded("{'alg':'dir','enc':'A128GCM'}");
        assertRefused(auth, header + "..AAAA.AAAA.AAAA", TokenFault.MALFORMED);
        assertRefused(auth, signer.token("{'alg':'HS256','cty':'JWT'}", claims("")), TokenFault.TYPE);
    }

    @Test
    void refuses_a_token_that_is_too_long() {
        assertThat(auth.verify(signer.token(claims(",'a':'" + "x".repeat(4000) + "'"))))
                .isNotNull();
        assertRefused(auth, signer.token(claims(",'a':'" + "x".repeat(8000) + "'")), TokenFault.MALFORMED);
        assertRefused(auth, "x".repeat(10_000_000), TokenFault.MALFORMED);
        JwtAuth tight = auth().maxTokenLength(token().length() - 1).build();
        assertRefused(tight, token(), TokenFault.MALFORMED);
    }

    @Test
    void refuses_json_that_is_built_to_hurt() {
        String deep = "[".repeat(1500) + "]".repeat(1500);
        assertRefused(auth, signer.token("{'alg':'HS256','a':" + deep + "}", claims("")), TokenFault.MALFORMED);
        assertRefused(auth, signer.token(claims(",'a':" + deep)), TokenFault.MALFORMED);
        assertRefused(auth, signer.token(claims(",'a':1" + "0".repeat(2000))), TokenFault.MALFORMED);
        assertRefused(auth, signer.token("{'alg':'HS256'},{'alg':'none'}", claims("")), TokenFault.MALFORMED);
        assertRefused(auth, signer.token("{\"alg\":'HS256',}", claims("")), TokenFault.MALFORMED);
    }

    @Test
    void looks_at_one_of_two_members_of_a_name() {
        assertRefused(auth, signer.token("{'alg':'HS256','alg':'none'}", claims("")), TokenFault.ALGORITHM);
        assertThat(auth.verify(signer.token("{'alg':'none','alg':'HS256'}", claims("")))
                        .subject())
                .isEqualTo("ada");
    }

    @Test
    void refuses_extensions_that_must_be_understood() {
        for (String more :
                List.of("'crit':['exp']", "'crit':[]", "'crit':null", "'b64':false,'crit':['b64']", "'b64':false")) {
            assertRefused(auth, signer.token("{'alg':'HS256'," + more + "}", claims("")), TokenFault.TYPE);
        }
    }

    @Test
    void refuses_members_of_the_header_that_have_other_types() {
        for (String header :
                List.of("{'alg':1}", "{'alg':['HS256']}", "{'alg':'HS256','kid':{}}", "{'alg':'HS256','typ':1}")) {
            assertRefused(auth, signer.token(header, claims("")), TokenFault.MALFORMED);
        }
        assertRefused(auth, signer.token("{}", claims("")), TokenFault.ALGORITHM);
    }

    @Test
    void tells_kinds_of_tokens_apart() {
        for (String type : List.of("JWT", "jwt", "at+jwt", "application/at+jwt")) {
            assertThat(auth.verify(signer.token("{'alg':'HS256','typ':'" + type + "'}", claims(""))))
                    .isNotNull();
        }
        assertThat(auth.verify(signer.token("{'alg':'HS256'}", claims("")))).isNotNull();
        assertRefused(auth, signer.token("{'alg':'HS256','typ':'secevent+jwt'}", claims("")), TokenFault.TYPE);
        JwtAuth strict = auth().types("at+jwt").build();
        assertThat(strict.verify(signer.token("{'alg':'HS256','typ':'at+jwt'}", claims(""))))
                .isNotNull();
        assertRefused(strict, token(), TokenFault.TYPE);
        assertRefused(strict, signer.token("{'alg':'HS256'}", claims("")), TokenFault.TYPE);
    }

    // Claims

    @Test
    void refuses_a_token_that_has_expired_beyond_the_skew() {
        String token = signer.token("{'exp':" + clock.seconds() + "}");
        assertThat(auth.verify(token)).isNotNull();
        clock.forward(Duration.ofSeconds(29));
        assertThat(auth.verify(token)).isNotNull();
        clock.forward(Duration.ofSeconds(1));
        assertRefused(auth, token, TokenFault.EXPIRED);
        assertRefused(auth().clockSkew(Duration.ZERO).build(), token, TokenFault.EXPIRED);
    }

    @Test
    void refuses_a_token_that_never_expires_unless_allowed() {
        assertRefused(auth, signer.token("{'sub':'ada'}"), TokenFault.CLAIMS);
        assertThat(auth().requireExpiry(false)
                        .build()
                        .verify(signer.token("{'sub':'ada'}"))
                        .expiresAt())
                .isNull();
    }

    @Test
    void refuses_a_token_that_is_not_valid_yet() {
        String token = signer.token(claims(",'nbf':" + (clock.seconds() + 31)));
        assertRefused(auth, token, TokenFault.NOT_YET_VALID);
        clock.forward(Duration.ofSeconds(1));
        assertThat(auth.verify(token)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'1900000000'", "true", "[]", "{}", "-1"})
    void refuses_times_that_are_none(String value) {
        assertRefused(auth, signer.token("{'exp':" + value + "}"), TokenFault.CLAIMS);
        assertRefused(auth, signer.token(claims(",'nbf':" + value)), TokenFault.CLAIMS);
    }

    @Test
    void reads_fractions_and_far_times() {
        assertThat(auth.verify(signer.token("{'exp':1800000000.5}")).expiresAt())
                .isEqualTo(Instant.ofEpochMilli(1_800_000_000_500L));
        assertThat(auth.verify(signer.token("{'exp':99999999999999999999}")).expiresAt())
                .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(auth.verify(signer.token("{'exp':1e300}")).expiresAt())
                .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void checks_the_issuer() {
        JwtAuth strict =
                auth().issuer("https://id.example", "https://old.example").build();
        assertThat(strict.verify(signer.token(claims(",'iss':'https://id.example'"))))
                .isNotNull();
        assertRefused(strict, token(), TokenFault.ISSUER);
        assertRefused(strict, signer.token(claims(",'iss':'https://id.example.evil'")), TokenFault.ISSUER);
        assertRefused(strict, signer.token(claims(",'iss':['https://id.example']")), TokenFault.CLAIMS);
    }

    @Test
    void checks_the_audience() {
        JwtAuth strict = auth().audience("chat").build();
        assertThat(strict.verify(signer.token(claims(",'aud':'chat'")))).isNotNull();
        assertThat(strict.verify(signer.token(claims(",'aud':['shop','chat']"))))
                .isNotNull();
        assertRefused(strict, token(), TokenFault.AUDIENCE);
        assertRefused(strict, signer.token(claims(",'aud':['shop']")), TokenFault.AUDIENCE);
        assertRefused(strict, signer.token(claims(",'aud':'chatter'")), TokenFault.AUDIENCE);
        assertRefused(strict, signer.token(claims(",'aud':[1]")), TokenFault.CLAIMS);
        assertRefused(strict, signer.token(claims(",'aud':{'chat':1}")), TokenFault.CLAIMS);
    }

    @Test
    void refuses_a_token_for_others_where_no_audience_is_configured() {
        assertRefused(auth, signer.token(claims(",'aud':'shop'")), TokenFault.AUDIENCE);
        assertThatThrownBy(() -> auth.verify(signer.token(claims(",'aud':'shop'"))))
                .hasMessageContaining("call audience(...)");
    }

    @Test
    void asks_the_program_last() {
        JwtAuth picky = auth().accept(claims -> claims.get("role") != null).build();
        assertThat(picky.verify(signer.token(claims(",'role':'admin'")))).isNotNull();
        assertRefused(picky, token(), TokenFault.NOT_ACCEPTED);
    }

    record User(String sub, List<String> roles, int level) {}

    @Test
    void gives_the_claims_in_the_shape_that_is_wanted() {
        JwtClaims claims = auth.verify(
                signer.token(claims(",'jti':'7','iat':1799999999,'roles':['a','b'],'level':3,'__proto__':{'x':1}")));
        assertThat(claims.id()).isEqualTo("7");
        assertThat(claims.issuedAt()).isEqualTo(Instant.ofEpochSecond(1_799_999_999));
        assertThat(claims.as(User.class)).isEqualTo(new User("ada", List.of("a", "b"), 3));
        assertThat(claims.asMap()).containsEntry("__proto__", Map.of("x", 1)).containsEntry("level", 3);
        assertThat(claims.get("absent")).isNull();
        assertThat(claims).hasToString("JwtClaims[id=7]");
    }

    // Revocation

    @Test
    void refuses_what_was_revoked_until_it_has_expired() {
        String token = signer.token(claims(",'jti':'7'"));
        auth.revokeToken("7", Instant.ofEpochSecond(clock.seconds() + 600));
        assertRefused(auth, token, TokenFault.REVOKED);
        assertThat(auth.verify(signer.token(claims(",'jti':'8'")))).isNotNull();
        clock.forward(Duration.ofSeconds(629));
        assertRefused(auth, token, TokenFault.REVOKED);
        clock.forward(Duration.ofSeconds(10));
        assertRefused(auth, token, TokenFault.EXPIRED);
    }

    @Test
    void takes_tokens_that_were_made_after_their_subject_was_revoked() {
        auth.revokeSubject("ada", Instant.ofEpochSecond(clock.seconds() + 600));
        assertRefused(auth, token(), TokenFault.REVOKED);
        assertRefused(auth, signer.token(claims(",'iat':" + clock.seconds())), TokenFault.REVOKED);
        clock.forward(Duration.ofSeconds(1));
        assertThat(auth.verify(signer.token(claims(",'iat':" + clock.seconds()))))
                .isNotNull();
    }

    @Test
    void keeps_a_bounded_number_of_revocations_and_forgets_ended_ones() {
        JwtAuth few = auth().maxRevocations(10).build();
        for (int i = 0; i < 100; i++) {
            few.revokeToken("a" + i, Instant.ofEpochSecond(clock.seconds() + 60 + i));
        }
        assertThat(few.revocations()).isEqualTo(10);
        assertRefused(few, signer.token(claims(",'jti':'a99'")), TokenFault.REVOKED);
        few.revokeToken("a99", Instant.ofEpochSecond(clock.seconds() + 1));
        assertThat(few.revocations()).isEqualTo(10);
        clock.forward(Duration.ofDays(1));
        few.revokeToken("b", Instant.ofEpochSecond(clock.seconds() + 60));
        assertThat(few.revocations()).isEqualTo(1);
    }

    // Options

    @Test
    void teaches_what_options_want() {
        assertThatThrownBy(() -> JwtAuth.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("secret(...)");
        assertThatThrownBy(() -> auth().publicKey(RSA.getPublic()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one place");
        assertThatThrownBy(() -> auth().algorithms(JwtAlgorithm.RS256).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no key for [RS256]");
        assertThatThrownBy(() -> JwtAuth.builder().secret("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("short;");
        assertThatThrownBy(() ->
                        JwtAuth.builder().publicKey(Signer.newKeys("RSA", 1024).getPublic()))
                .hasMessageContaining("2048 bits");
        assertThatThrownBy(() -> JwtAuth.builder()
                        .publicKeys(Signer.pem("PRIVATE KEY", RSA.getPrivate().getEncoded())))
                .hasMessageContaining("no private key");
        assertThatThrownBy(() -> JwtAuth.builder().publicKeys("none")).hasMessageContaining("BEGIN PUBLIC KEY");
        assertThatThrownBy(() ->
                        JwtAuth.builder().publicKey(Signer.newKeys("Ed448", 0).getPublic()))
                .hasMessageContaining("Ed25519");
        assertThatThrownBy(() -> Jwks.of("http://id.example/keys")).hasMessageContaining("https");
        assertThatThrownBy(() -> Jwks.of("file:///etc/passwd")).hasMessageContaining("https");
        assertThatThrownBy(() -> JwtAuth.builder().clockSkew(Duration.ofDays(1)))
                .hasMessageContaining("clockSkew");
        assertThatThrownBy(() -> JwtAuth.builder().tokenFrom()).hasMessageContaining("at least one");
    }
}
