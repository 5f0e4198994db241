// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Decides whether a client may connect to a namespace. Called in the order of registration on a handler thread, where it may
 * block; the client is connected after the last one returned.
 */
@FunctionalInterface
public interface ConnectMiddleware {
    /**
     * Returns to let the client in.
     *
     * @throws ConnectRefused to refuse it with a public message
     * @throws Exception any other failure refuses the client with a neutral message and is logged
     */
    void handle(Handshake handshake) throws Exception;
}
