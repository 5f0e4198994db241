// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import org.jspecify.annotations.Nullable;

/** Tells whose connection it is. Called on handler threads, once the connect middleware has let a client in; it may block. */
@FunctionalInterface
public interface UserKey {
    /**
     * A name for the user, the same for all connections of one user, or null for a client that is not to be counted. What it throws
     * refuses the client, as if connect middleware had thrown it.
     */
    @Nullable
    String of(Handshake handshake) throws Exception;
}
