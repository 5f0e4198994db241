// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import io.sockeye.api.ConnectMiddleware;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Handshake;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.Namespace;
import io.sockeye.event.PayloadException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients in that show a valid JSON Web Token: {@code namespace.use(auth)}. One instance serves all namespaces of a server.
 *
 * <p>A client without a token is refused with {@code Authentication error: Token missing}, one with a token that does not count
 * with {@code Authentication error: Invalid token}, and any with {@code Connection refused} while the keys cannot be fetched. The
 * {@link JwtClaims} and what {@link JwtAuthBuilder#claims} names are attached to the socket.
 *
 * <p>It goes on afterwards. A socket whose token is about to expire gets the event {@code auth_expiring} with {@code {secondsLeft,
 * expiresAt}}. It may send {@code auth_refresh} with a new token of the same subject, which is acknowledged with
 * {@code {status: "success", expiresAt}} or {@code {status: "error", message}}. Otherwise it gets {@code auth_expired} and is
 * disconnected. One whose token or subject is revoked gets {@code auth_revoked} and is disconnected at once, on all servers. A client that
 * comes back with its connection state is checked again, even where connect middleware is skipped; with another subject, or
 * if its earlier token was revoked, it comes back as a new socket.
 *
 * <p>Tokens are never logged, and are in no exception and no {@code toString}. Any thread but event loops: keys may have to be
 * fetched.
 */
public final class JwtAuth implements ConnectMiddleware {
    private static final Logger LOG = LoggerFactory.getLogger(JwtAuth.class);

    static final String MISSING = "Authentication error: Token missing";
    static final String INVALID = "Authentication error: Invalid token";
    private static final String NEUTRAL = "Connection refused";

    private final TokenVerifier verifier;
    private final List<TokenSource> sources;
    private final List<JwtAuthBuilder.Binding<?>> bindings;
    private final Predicate<JwtClaims> accept;
    private final GuardedNamespace.LifeTimes times;
    private final Clock clock;
    private final Revocations revocations;
    private final CopyOnWriteArrayList<GuardedNamespace> guarded = new CopyOnWriteArrayList<>();

    JwtAuth(JwtAuthBuilder options) {
        TokenKeys keys = options.keys();
        verifier = new TokenVerifier(keys, options.rules(keys), options.clock);
        sources = List.copyOf(options.sources);
        bindings = List.copyOf(options.bindings);
        accept = options.accept;
        times = new GuardedNamespace.LifeTimes(options.expiryNotice, options.endAfterExpiry());
        clock = options.clock;
        revocations = new Revocations(options.maxRevocations, options.clock);
    }

    /** Options to begin with. Keys have to be given, all else has a default. */
    public static JwtAuthBuilder builder() {
        return new JwtAuthBuilder();
    }

    // Tokens

    /**
     * Checks a token, revocations included.
     *
     * @throws InvalidToken if it does not count
     * @throws KeysUnavailable if that cannot be told, since the keys cannot be fetched
     */
    public JwtClaims verify(String token) {
        JwtClaims claims = verifier.verify(token);
        if (revocations.contain(claims)) {
            throw new InvalidToken(TokenFault.REVOKED);
        }
        if (!accept.test(claims)) {
            throw new InvalidToken(TokenFault.NOT_ACCEPTED);
        }
        return claims;
    }

    /**
     * Checks the token of a request: of one for a plain WebSocket, or in {@code allowRequest(auth::verify)}. It is looked for where
     * {@link JwtAuthBuilder#tokenFrom} says, but there is no {@code auth} object.
     *
     * @throws ConnectRefused if there is none, or if it does not count, with the message that a Socket.IO client would get
     */
    public JwtClaims verify(HttpRequest request) {
        return verifyFor(TokenSource.Introduction.of(request));
    }

    private JwtClaims verifyFor(TokenSource.Introduction client) {
        String token = sources.stream()
                .map(source -> source.find(client))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new ConnectRefused(MISSING));
        return verifyForClient(token, ConnectRefused::new);
    }

    /** The claims of a token, or a failure with what its client may know. */
    JwtClaims verifyForClient(String token, Function<String, RuntimeException> failure) {
        try {
            return verify(token);
        } catch (InvalidToken e) {
            LOG.debug("a token is refused: {}", e.getMessage());
            throw failure.apply(INVALID);
        } catch (KeysUnavailable e) {
            LOG.debug("a token cannot be checked", e);
            throw failure.apply(NEUTRAL);
        }
    }

    // The namespace

    @Override
    public void handle(Handshake handshake) {
        admit(handshake);
    }

    private JwtClaims admit(Handshake handshake) {
        JwtClaims claims = verifyFor(TokenSource.Introduction.of(handshake));
        attach(claims, handshake::attach, ConnectRefused::new);
        return claims;
    }

    @Override
    public boolean mayRecover(Handshake handshake, Handshake earlier) {
        JwtClaims claims = handshake.find(JwtClaims.class).orElseGet(() -> admit(handshake));
        return earlier.find(JwtClaims.class)
                .filter(before -> !revocations.contain(before) && sameSubject(before, claims))
                .isPresent();
    }

    @Override
    public void addedTo(Namespace namespace) {
        GuardedNamespace added = new GuardedNamespace(this, namespace, times, clock);
        added.register();
        guarded.add(added);
    }

    /** Whether two tokens are about the same subject of the same issuer. */
    static boolean sameSubject(JwtClaims before, JwtClaims after) {
        return after.subject() != null
                && Objects.equals(before.subject(), after.subject())
                && Objects.equals(before.issuer(), after.issuer());
    }

    /** Takes a value by its type. */
    @FunctionalInterface
    interface Holder {
        <T> void attach(Class<T> type, T value);
    }

    /** Attaches the claims and what is made of them. */
    void attach(JwtClaims claims, Holder holder, Function<String, RuntimeException> failure) {
        try {
            // all are made before any is attached
            bindings.stream().map(binding -> binding.made(claims)).toList().forEach(made -> made.accept(holder));
        } catch (PayloadException e) {
            LOG.debug("a token is refused: its claims do not fit the type that was given to claims(...)", e);
            throw failure.apply(INVALID);
        }
        holder.attach(JwtClaims.class, claims);
    }

    // Revocation

    boolean isRevoked(JwtClaims claims) {
        return revocations.contain(claims);
    }

    /**
     * Revokes a token until it expires: it is refused from now on, and its sockets are disconnected, on all servers.
     *
     * @param id its {@code jti}
     * @param expiresAt its {@code exp}; until then it is remembered, in memory, with {@link JwtAuthBuilder#clockSkew} on top
     */
    public void revokeToken(String id, Instant expiresAt) {
        revoke(new Revocations.Revoked(true, id), expiresAt);
    }

    /**
     * Revokes all tokens of a subject that were made so far, by their {@code iat}; those without one count as made so far. Those
     * made in the second of the call are among them.
     *
     * @param subject their {@code sub}
     * @param until when the last of them expires
     */
    public void revokeSubject(String subject, Instant until) {
        revoke(new Revocations.Revoked(false, subject), until);
    }

    private void revoke(Revocations.Revoked what, Instant until) {
        GuardedNamespace.Told told = new GuardedNamespace.Told(
                what.token() ? what.value() : null,
                what.token() ? null : what.value(),
                clock.instant().getEpochSecond(),
                until.getEpochSecond() + 1);
        learn(told);
        if (!guarded.isEmpty()) {
            guarded.get(0).namespace().serverSideEmit(GuardedNamespace.TELL_REVOKED, told);
        }
    }

    /** Takes a revocation of this server or of another one. */
    void learn(GuardedNamespace.Told told) {
        @Nullable String value = told.token() != null ? told.token() : told.subject();
        if (value == null) {
            return;
        }
        Instant until = Instant.ofEpochSecond(Math.min(told.until(), JwtClaims.LAST_SECOND))
                .plus(verifier.clockSkew());
        Revocations.Revocation revocation = new Revocations.Revocation(
                new Revocations.Revoked(told.token() != null, value), Instant.ofEpochSecond(told.at()), until);
        revocations.add(revocation);
        guarded.forEach(namespace -> namespace.endRevoked(revocation));
    }

    /** How many sockets are waited for whose tokens expire. */
    int watched() {
        return guarded.stream().mapToInt(GuardedNamespace::watched).sum();
    }

    /** How many revocations are remembered. For metrics. */
    public int revocations() {
        return revocations.size();
    }
}
