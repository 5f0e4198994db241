// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Told what went wrong with an event of a socket: {@link RequestFailed} if middleware or a handler refused it,
 * {@link io.sockeye.event.PayloadException} if its payload has another shape than its handler takes, else what the user's code
 * threw. It observes; the client has been answered.
 */
@FunctionalInterface
public interface ErrorHandler {
    void handle(Socket socket, String event, Throwable failure) throws Exception;
}
