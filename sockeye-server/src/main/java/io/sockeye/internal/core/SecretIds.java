// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Ids that nobody can guess: 144 random bits as 24 characters that are safe in a URL. Any thread. */
public final class SecretIds implements Supplier<String> {
    private static final int BYTES = 18;

    private final SecureRandom random;

    public SecretIds(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String get() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
