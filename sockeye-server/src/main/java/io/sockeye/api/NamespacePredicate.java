// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Decides whether there may be a namespace of a name that a client asks for. Called on a handler thread, where it may block, for
 * clients that come while the namespace does not exist: a check that every client must pass belongs into a
 * {@link ConnectMiddleware}.
 */
@FunctionalInterface
public interface NamespacePredicate {
    /**
     * Returns true to have the namespace made, false to leave the name to the parents declared later.
     *
     * @param name what the client asks for, such as {@code /tenant-7}; it may be anything
     * @throws ConnectRefused to refuse the client with a public message
     * @throws Exception any other failure refuses the client with a neutral message and is logged
     */
    boolean test(String name, Handshake handshake) throws Exception;
}
