// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a {@link JwtAuth}. Keys come from one place: secrets, public keys, or a published key set.
 * Not thread-safe.
 */
public final class JwtAuthBuilder {
    private static final int LEAST_TOKEN_LENGTH = 64;

    private final List<TokenKey> secrets = new ArrayList<>();
    private final List<TokenKey> publicKeys = new ArrayList<>();
    private @Nullable Jwks jwks;
    private Set<JwtAlgorithm> algorithms = Set.of();
    private Set<String> types = Set.of("", "jwt", "at+jwt");
    private Set<String> issuers = Set.of();
    private Set<String> audiences = Set.of();
    private boolean requireExpiry = true;
    private Duration clockSkew = Duration.ofSeconds(30);
    private int maxTokenLength = 8192;

    List<TokenSource> sources = List.of(TokenSource.auth("token"), TokenSource.bearer());
    final List<Binding<?>> bindings = new ArrayList<>();
    Predicate<JwtClaims> accept = claims -> true;
    Duration expiryNotice = Duration.ofMinutes(1);
    Duration expiryGrace = Duration.ofSeconds(10);
    int maxRevocations = 100_000;
    Clock clock = Clock.systemUTC();

    JwtAuthBuilder() {}

    /** What is made of the claims and attached to the socket. */
    record Binding<T>(Class<T> type, Function<JwtClaims, T> maker) {
        Consumer<JwtAuth.Holder> made(JwtClaims claims) {
            T value = maker.apply(claims);
            return holder -> holder.attach(type, value);
        }
    }

    // Keys

    /**
     * Adds a secret that both signs and checks, for HS256, HS384 and HS512 as far as its length allows. Of several, any counts.
     *
     * @param value at least 32 bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public JwtAuthBuilder secret(byte[] value) {
        secrets.add(GivenKeys.secret(value));
        return this;
    }

    /** Adds a secret by the UTF-8 bytes of a text. */
    public JwtAuthBuilder secret(String value) {
        return secret(value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a public key. An RSA key is for RS* and PS*, an EC key for the ES* of its curve, an Ed25519 key for EdDSA. Of several,
     * any counts.
     *
     * @throws IllegalArgumentException if it is of another kind, or an RSA key of less than 2,048 bits
     */
    public JwtAuthBuilder publicKey(PublicKey key) {
        publicKeys.add(TokenKey.of(key));
        return this;
    }

    /**
     * Adds the public keys of a PEM text, {@code PUBLIC KEY} or {@code CERTIFICATE} blocks. Dates and issuers of certificates are
     * not checked.
     *
     * @throws IllegalArgumentException if there is none, or one that cannot be used
     */
    public JwtAuthBuilder publicKeys(String pem) {
        PemKeys.parse(pem).forEach(this::publicKey);
        return this;
    }

    /** Takes the keys that an issuer publishes, for any but the HS* algorithms. */
    public JwtAuthBuilder jwks(Jwks value) {
        jwks = value;
        return this;
    }

    /** The same with the default of each setting. */
    public JwtAuthBuilder jwks(String url) {
        return jwks(Jwks.of(url));
    }

    // What a token must be

    /**
     * The algorithms that tokens may be signed with. Default: all that the keys are for. A token that is not signed never counts.
     */
    public JwtAuthBuilder algorithms(JwtAlgorithm... allowed) {
        algorithms = Set.of(allowed);
        return this;
    }

    /** Who may have made a token ({@code iss}), one of these. Default: anybody who has the key. */
    public JwtAuthBuilder issuer(String... accepted) {
        issuers = Set.of(accepted);
        return this;
    }

    /**
     * Who this server is to the issuer: a token must name at least one of these in {@code aud}. Default: none, and a token that
     * names anybody is refused.
     */
    public JwtAuthBuilder audience(String... names) {
        audiences = Set.of(names);
        return this;
    }

    /** The {@code typ} that a token must have. Default: {@code JWT}, {@code at+jwt}, or none. */
    public JwtAuthBuilder types(String... accepted) {
        types = Arrays.stream(accepted).map(TokenVerifier::shortType).collect(Collectors.toUnmodifiableSet());
        return this;
    }

    /** Whether a token must have an {@code exp}. Default: true. One without never expires. */
    public JwtAuthBuilder requireExpiry(boolean value) {
        requireExpiry = value;
        return this;
    }

    /** How far the clock of the issuer may be off, for {@code exp} and {@code nbf} at connect. Default: 30 seconds, up to 10 minutes. */
    public JwtAuthBuilder clockSkew(Duration value) {
        clockSkew = within("clockSkew", value, Duration.ofMinutes(10));
        return this;
    }

    /** The most characters of a token. Default: 8,192. All header fields together have 16 KiB. */
    public JwtAuthBuilder maxTokenLength(int value) {
        if (value < LEAST_TOKEN_LENGTH) {
            throw new IllegalArgumentException(
                    "maxTokenLength must be at least " + LEAST_TOKEN_LENGTH + ", got " + value);
        }
        maxTokenLength = value;
        return this;
    }

    /**
     * A last check by the program, asked about each token that is otherwise valid, on a handler thread; false refuses it. What it
     * throws refuses the client with a neutral message and is logged. Default: all are accepted.
     */
    public JwtAuthBuilder accept(Predicate<JwtClaims> check) {
        accept = check;
        return this;
    }

    // Where it comes from, what becomes of it

    /**
     * Where tokens are looked for; the first place that has one counts. Default: {@code auth.token}, then the
     * {@code Authorization} header.
     *
     * @throws IllegalArgumentException if there is no place
     */
    public JwtAuthBuilder tokenFrom(TokenSource... places) {
        if (places.length == 0) {
            throw new IllegalArgumentException("expected at least one place to look for tokens, got none");
        }
        sources = List.of(places);
        return this;
    }

    /**
     * Attaches the claims to the socket as a value of your type, usually a record: {@code socket.get(User.class)}. A token whose
     * claims do not fit is invalid.
     */
    public <T> JwtAuthBuilder claims(Class<T> type) {
        return claims(type, claims -> claims.as(type));
    }

    /**
     * Attaches a value that is made of the claims. A {@link io.sockeye.event.PayloadException} says that they do not fit.
     *
     * @param maker called on a handler thread, also for each new token
     */
    public <T> JwtAuthBuilder claims(Class<T> type, Function<JwtClaims, T> maker) {
        bindings.add(new Binding<>(type, maker));
        return this;
    }

    // Life

    /** How long before its token expires a socket is told. Default: 60 seconds. */
    public JwtAuthBuilder expiryNotice(Duration value) {
        expiryNotice = within("expiryNotice", value, Duration.ofDays(1));
        return this;
    }

    /**
     * How long after its token expired a socket is ended, to the second. Default: 10 seconds; never less than {@link #clockSkew},
     * so it is that which counts unless it is set to less.
     */
    public JwtAuthBuilder expiryGrace(Duration value) {
        expiryGrace = within("expiryGrace", value, Duration.ofHours(1));
        return this;
    }

    /** The most revocations that are remembered. Default: 100,000. Beyond it those that would end first are forgotten. */
    public JwtAuthBuilder maxRevocations(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("maxRevocations must be at least 1, got " + value);
        }
        maxRevocations = value;
        return this;
    }

    /** What tells the time. Default: the clock of the system. */
    public JwtAuthBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    private static Duration within(String option, Duration value, Duration most) {
        if (value.isNegative() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(option + " must be from 0 to " + most + ", got " + value);
        }
        return value;
    }

    /**
     * The middleware.
     *
     * @throws IllegalStateException if there are no keys, keys from two places, or keys and algorithms that do not go together
     */
    public JwtAuth build() {
        return new JwtAuth(this);
    }

    TokenKeys keys() {
        List<TokenKeys> places = new ArrayList<>();
        if (!secrets.isEmpty()) {
            places.add(new GivenKeys(secrets));
        }
        if (!publicKeys.isEmpty()) {
            places.add(new GivenKeys(publicKeys));
        }
        if (jwks != null) {
            places.add(new JwksKeys(jwks));
        }
        if (places.size() != 1) {
            throw new IllegalStateException("expected keys from one place, got " + places.size()
                    + "; call secret(...), publicKeys(...) or jwks(...)");
        }
        return places.get(0);
    }

    TokenVerifier.Rules rules(TokenKeys keys) {
        Set<JwtAlgorithm> possible = keys.algorithms();
        Set<JwtAlgorithm> without = new LinkedHashSet<>(algorithms);
        without.removeAll(possible);
        if (!without.isEmpty()) {
            throw new IllegalStateException(
                    "there is no key for " + without + "; the keys that were given are for " + possible);
        }
        Set<JwtAlgorithm> allowed = algorithms.isEmpty() ? possible : algorithms;
        return new TokenVerifier.Rules(
                EnumSet.copyOf(allowed), types, issuers, audiences, requireExpiry, clockSkew, maxTokenLength);
    }

    /** How long after the end of its token a socket is ended. */
    Duration endAfterExpiry() {
        return expiryGrace.compareTo(clockSkew) < 0 ? clockSkew : expiryGrace;
    }
}
