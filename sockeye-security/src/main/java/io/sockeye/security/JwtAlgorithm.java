// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import com.nimbusds.jose.JWSAlgorithm;
import org.jspecify.annotations.Nullable;

/** How a token may be signed, by the names of RFC 7518 and RFC 8037. There is none for tokens without a signature. */
public enum JwtAlgorithm {
    /** HMAC with SHA-256; the secret has 32 bytes or more. */
    HS256,
    /** HMAC with SHA-384; the secret has 48 bytes or more. */
    HS384,
    /** HMAC with SHA-512; the secret has 64 bytes or more. */
    HS512,
    /** RSA, PKCS #1 v1.5, with SHA-256. */
    RS256,
    /** RSA, PKCS #1 v1.5, with SHA-384. */
    RS384,
    /** RSA, PKCS #1 v1.5, with SHA-512. */
    RS512,
    /** RSA, PSS, with SHA-256. */
    PS256,
    /** RSA, PSS, with SHA-384. */
    PS384,
    /** RSA, PSS, with SHA-512. */
    PS512,
    /** ECDSA on P-256 with SHA-256. */
    ES256,
    /** ECDSA on P-384 with SHA-384. */
    ES384,
    /** ECDSA on P-521 with SHA-512. */
    ES512,
    /** Ed25519, called {@code EdDSA} or {@code Ed25519} in a token. */
    EdDSA;

    /** The algorithm that a token names, or null if it is none of these. */
    static @Nullable JwtAlgorithm named(String name) {
        for (JwtAlgorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        return name.equals(JWSAlgorithm.Ed25519.getName()) ? EdDSA : null;
    }

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(name());
    }
}
