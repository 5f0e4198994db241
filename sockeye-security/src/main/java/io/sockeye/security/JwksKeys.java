// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that an issuer publishes. Any thread but event loops: it may wait for the network. */
final class JwksKeys implements TokenKeys {
    private static final Logger LOG = LoggerFactory.getLogger(JwksKeys.class);

    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_CANDIDATES = 16;
    private static final int IDLE_SECONDS = 5;
    private static final Duration LONGEST_AHEAD = Duration.ofSeconds(30);

    private final String url;
    private final JWKSource<SecurityContext> source;
    private final PacedLog outage = new PacedLog(Duration.ofMinutes(1));

    /** Whether there ever were keys. */
    private volatile boolean fetched;

    JwksKeys(Jwks settings) {
        url = settings.url().toString();
        long cache = settings.cacheFor().toMillis();
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        // Ahead of their end by a quarter of their time, of which a quarter more is left to those who wait for
        // another's fetch.
        long ahead = Math.min(LONGEST_AHEAD.toMillis(), cache / 4);
        long patience = Math.min(2L * timeout + 1000, cache / 4);
        JWKSourceBuilder<SecurityContext> builder = JWKSourceBuilder.<SecurityContext>create(
                        settings.url(), new DefaultResourceRetriever(timeout, timeout, MOST_BYTES))
                .cache(cache, patience)
                .refreshAheadCache(ahead, null, fetchThread(), true, null, false)
                .rateLimited(settings.fetchInterval().toMillis());
        if (!settings.outageTolerance().isZero()) {
            builder.outageTolerant(settings.outageTolerance().toMillis());
        }
        source = builder.build();
    }

    /** One thread that is there only while keys are fetched ahead of time. */
    private static ExecutorService fetchThread() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sockeye-jwks");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** All but those of secrets, which are never published. */
    @Override
    public Set<JwtAlgorithm> algorithms() {
        return EnumSet.complementOf(EnumSet.of(JwtAlgorithm.HS256, JwtAlgorithm.HS384, JwtAlgorithm.HS512));
    }

    @Override
    public List<TokenKey> candidates(JwtAlgorithm algorithm, @Nullable String keyId) {
        JWKMatcher.Builder wanted = new JWKMatcher.Builder()
                .keyTypes(KeyType.RSA, KeyType.EC, KeyType.OKP)
                .keyUses(KeyUse.SIGNATURE, null);
        if (keyId != null) {
            wanted.keyID(keyId);
        }
        return fetch(new JWKSelector(wanted.build())).stream()
                .filter(key -> key.getAlgorithm() == null || isFor(key, algorithm))
                .map(JwksKeys::key)
                .filter(Objects::nonNull)
                .filter(key -> key.algorithms().contains(algorithm))
                .limit(MOST_CANDIDATES)
                .toList();
    }

    private static boolean isFor(JWK key, JwtAlgorithm algorithm) {
        return JwtAlgorithm.named(key.getAlgorithm().getName()) == algorithm;
    }

    private List<JWK> fetch(JWKSelector wanted) {
        try {
            List<JWK> keys = source.get(wanted, null);
            fetched = true;
            return keys;
        } catch (RateLimitReachedException e) {
            if (fetched) {
                // a key that is not known, named soon after another one
                return List.of();
            }
            throw unavailable(e);
        } catch (KeySourceException e) {
            throw unavailable(e);
        }
    }

    private KeysUnavailable unavailable(KeySourceException cause) {
        if (outage.mayLog()) {
            LOG.warn("the keys of {} cannot be fetched; clients are refused until they can: {}", url, cause.toString());
        }
        return new KeysUnavailable("the keys of " + url + " cannot be fetched", cause);
    }

    /** Null for keys of other kinds, and for weak ones. */
    private static @Nullable TokenKey key(JWK key) {
        try {
            if (key instanceof RSAKey rsa) {
                return TokenKey.of(rsa.toRSAPublicKey());
            }
            if (key instanceof ECKey elliptic) {
                return TokenKey.of(elliptic.toECPublicKey());
            }
            if (key instanceof OctetKeyPair pair && pair.getCurve().getName().equals(Ed25519Verifier.CURVE)) {
                return TokenKey.of(Ed25519Verifier.key(pair.getDecodedX()));
            }
            return null;
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.debug("a published key is passed over", e);
            return null;
        }
    }
}
