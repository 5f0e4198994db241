// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that tokens are checked with. Any thread; may wait. */
/* A key is asked only about algorithms that its own kind allows. So what a token says of its algorithm cannot turn a public key into a
 * secret.
 */
interface TokenKeys {
    /** The algorithms that some key is for. */
    Set<JwtAlgorithm> algorithms();

    /**
     * Those that a token may be signed with.
     *
     * @param keyId what the token says of its key: a hint that anybody can write
     * @throws KeysUnavailable if they cannot be had at the moment
     */
    List<TokenKey> candidates(JwtAlgorithm algorithm, @Nullable String keyId);
}
