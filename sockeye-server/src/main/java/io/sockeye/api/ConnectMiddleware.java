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

    /**
     * Decides whether a client whose connection broke comes back as the socket that it was. Called on a handler thread after all
     * middleware let it in, or in the place of {@link #handle} where {@link ConnectionStateRecovery#skipMiddlewares} is set.
     *
     * @param handshake how the client introduced itself now
     * @param earlier the same of the connection that broke, with what was attached to that socket
     * @return false if it is to come as a new socket; where nobody was asked before, all are asked then. Default: true
     * @throws ConnectRefused to refuse it with a public message
     * @throws Exception any other failure refuses the client with a neutral message and is logged
     */
    default boolean mayRecover(Handshake handshake, Handshake earlier) throws Exception {
        return true;
    }

    /**
     * Told of each namespace that this middleware is added to, when it is added. One that is more than the check registers there
     * what it needs: handlers, or what is to be done for sockets that are gone. Default: nothing.
     */
    default void addedTo(Namespace namespace) {}
}
