// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks tokens: form, header, signature, then claims (RFC 7519, RFC 8725). Immutable; any thread; may wait for keys. */
/* The algorithm is looked up in the list of those that are allowed before any key is asked for. Of the header, alg, typ, cty, crit, b64
 * and kid are read and nothing else: keys or addresses of keys that a token brings along (jwk, jku, x5c, x5u) have no meaning here.
 */
final class TokenVerifier {
    private static final String MEDIA_TYPE_PREFIX = "application/";
    private static final int MOST_KEY_ID_LENGTH = 512;

    private final TokenKeys keys;
    private final Rules rules;
    private final Clock clock;

    TokenVerifier(TokenKeys keys, Rules rules, Clock clock) {
        this.keys = keys;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * What a token must say.
     *
     * @param types the {@code typ} that it may have, in lower case; empty for one that has none
     * @param issuers empty for any
     * @param audiences empty if a token must not name any
     */
    record Rules(
            Set<JwtAlgorithm> algorithms,
            Set<String> types,
            Set<String> issuers,
            Set<String> audiences,
            boolean expiryRequired,
            Duration clockSkew,
            int maxTokenLength) {}

    /**
     * The claims of a token.
     *
     * @throws InvalidToken if it does not count
     * @throws KeysUnavailable if that cannot be told
     */
    JwtClaims verify(String token) {
        CompactToken parts = CompactToken.parse(token, rules.maxTokenLength());
        checkType(parts);
        checkSignature(parts, algorithm(parts));
        JwtClaims claims = JwtClaims.of(parts.payload());
        checkTimes(claims);
        checkIssuer(claims);
        checkAudience(claims);
        return claims;
    }

    Duration clockSkew() {
        return rules.clockSkew();
    }

    private void checkType(CompactToken parts) {
        if (parts.hasHeader("crit") || parts.hasHeader("b64")) {
            throw new InvalidToken(TokenFault.TYPE, "its header demands an extension that is not supported");
        }
        if (parts.headerText("cty") != null) {
            throw new InvalidToken(TokenFault.TYPE, "it holds something else than claims");
        }
        String type = parts.headerText("typ");
        if (!rules.types().contains(type == null ? "" : shortType(type))) {
            throw new InvalidToken(TokenFault.TYPE);
        }
    }

    static String shortType(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(MEDIA_TYPE_PREFIX) ? lower.substring(MEDIA_TYPE_PREFIX.length()) : lower;
    }

    private JwtAlgorithm algorithm(CompactToken parts) {
        String name = parts.headerText("alg");
        JwtAlgorithm algorithm = name == null ? null : JwtAlgorithm.named(name);
        if (algorithm == null || !rules.algorithms().contains(algorithm)) {
            throw new InvalidToken(TokenFault.ALGORITHM);
        }
        return algorithm;
    }

    private void checkSignature(CompactToken parts, JwtAlgorithm algorithm) {
        String keyId = parts.headerText("kid");
        if (keyId != null && keyId.length() > MOST_KEY_ID_LENGTH) {
            throw new InvalidToken(TokenFault.KEY);
        }
        List<TokenKey> candidates = keys.candidates(algorithm, keyId);
        if (candidates.isEmpty()) {
            throw new InvalidToken(TokenFault.KEY);
        }
        if (candidates.stream().noneMatch(key -> key.signed(parts, algorithm))) {
            throw new InvalidToken(TokenFault.SIGNATURE);
        }
    }

    private void checkTimes(JwtClaims claims) {
        Instant now = clock.instant();
        Instant expiry = claims.expiresAt();
        if (expiry == null && rules.expiryRequired()) {
            throw new InvalidToken(TokenFault.CLAIMS, "it has no \"exp\"; requireExpiry(false) lets such tokens in");
        }
        if (expiry != null && !now.minus(rules.clockSkew()).isBefore(expiry)) {
            throw new InvalidToken(TokenFault.EXPIRED);
        }
        Instant begin = claims.notBefore();
        if (begin != null && now.plus(rules.clockSkew()).isBefore(begin)) {
            throw new InvalidToken(TokenFault.NOT_YET_VALID);
        }
    }

    private void checkIssuer(JwtClaims claims) {
        @Nullable String issuer = claims.issuer();
        if (!rules.issuers().isEmpty() && (issuer == null || !rules.issuers().contains(issuer))) {
            throw new InvalidToken(TokenFault.ISSUER);
        }
    }

    /* A token that names its audience must be refused by who is not among it (RFC 7519, section 4.1.3). */
    private void checkAudience(JwtClaims claims) {
        List<String> audience = claims.audience();
        if (rules.audiences().isEmpty() && !audience.isEmpty()) {
            throw new InvalidToken(
                    TokenFault.AUDIENCE, "it is for an audience and none is configured; call audience(...)");
        }
        if (!rules.audiences().isEmpty() && audience.stream().noneMatch(rules.audiences()::contains)) {
            throw new InvalidToken(TokenFault.AUDIENCE);
        }
    }
}
