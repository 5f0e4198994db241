// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Set;

/** One key and the algorithms that it is for, which its own kind decides. Immutable; any thread. */
final class TokenKey {
    private static final int LEAST_RSA_BITS = 2048;

    private final Set<JwtAlgorithm> algorithms;
    private final JWSVerifier verifier;

    private TokenKey(Set<JwtAlgorithm> algorithms, JWSVerifier verifier) {
        this.algorithms = algorithms;
        this.verifier = verifier;
    }

    private static TokenKey of(JWSVerifier verifier) {
        Set<JwtAlgorithm> algorithms = EnumSet.noneOf(JwtAlgorithm.class);
        for (JwtAlgorithm algorithm : JwtAlgorithm.values()) {
            if (verifier.supportedJWSAlgorithms().contains(algorithm.jose())) {
                algorithms.add(algorithm);
            }
        }
        return new TokenKey(algorithms, verifier);
    }

    /** A secret, for the algorithms whose hash is not longer than it is (RFC 7518, section 3.2). */
    static TokenKey of(byte[] secret) {
        try {
            Set<JwtAlgorithm> algorithms = EnumSet.of(JwtAlgorithm.HS256);
            if (secret.length >= 48) {
                algorithms.add(JwtAlgorithm.HS384);
            }
            if (secret.length >= 64) {
                algorithms.add(JwtAlgorithm.HS512);
            }
            return new TokenKey(algorithms, new MACVerifier(secret.clone()));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the secret cannot be used", e);
        }
    }

    /**
     * A public key.
     *
     * @throws IllegalArgumentException if it is of no supported kind, or too weak
     */
    static TokenKey of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            if (rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
                throw new IllegalArgumentException("an RSA key needs at least " + LEAST_RSA_BITS + " bits, got "
                        + rsa.getModulus().bitLength());
            }
            return of(new RSASSAVerifier(rsa));
        }
        if (key instanceof EdECPublicKey edwards
                && edwards.getParams().getName().equals(Ed25519Verifier.CURVE)) {
            return of(new Ed25519Verifier(edwards));
        }
        if (key instanceof ECPublicKey elliptic) {
            try {
                return of(new ECDSAVerifier(elliptic));
            } catch (JOSEException e) {
                throw new IllegalArgumentException("an EC key must be on P-256, P-384 or P-521", e);
            }
        }
        throw new IllegalArgumentException(
                "expected an RSA, EC (P-256, P-384, P-521) or Ed25519 key, got " + key.getAlgorithm());
    }

    Set<JwtAlgorithm> algorithms() {
        return algorithms;
    }

    boolean signed(CompactToken token, JwtAlgorithm algorithm) {
        try {
            return verifier.verify(new JWSHeader(algorithm.jose()), token.signed(), token.signature());
        } catch (JOSEException e) {
            throw new IllegalStateException("signatures of " + algorithm + " cannot be checked", e);
        }
    }
}
