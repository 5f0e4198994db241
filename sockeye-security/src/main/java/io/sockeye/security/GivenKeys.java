// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys that were given to the builder. Immutable; any thread. What a token says of its key is not looked at: all are tried. */
record GivenKeys(List<TokenKey> keys) implements TokenKeys {
    private static final int LEAST_SECRET_BYTES = 32;

    GivenKeys {
        keys = List.copyOf(keys);
    }

    @Override
    public Set<JwtAlgorithm> algorithms() {
        Set<JwtAlgorithm> all = EnumSet.noneOf(JwtAlgorithm.class);
        keys.forEach(key -> all.addAll(key.algorithms()));
        return all;
    }

    @Override
    public List<TokenKey> candidates(JwtAlgorithm algorithm, @Nullable String keyId) {
        return keys.stream().filter(key -> key.algorithms().contains(algorithm)).toList();
    }

    /**
     * What checks with a secret.
     *
     * @throws IllegalArgumentException if it is too short
     */
    static TokenKey secret(byte[] secret) {
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret needs at least " + LEAST_SECRET_BYTES
                    + " bytes (256 bits), got " + secret.length + "; make one with: openssl rand -base64 48");
        }
        if (new String(secret, StandardCharsets.ISO_8859_1).startsWith("-----BEGIN")) {
            throw new IllegalArgumentException("expected a secret, got a key in PEM; give that to publicKeys(...)");
        }
        return TokenKey.of(secret);
    }
}
