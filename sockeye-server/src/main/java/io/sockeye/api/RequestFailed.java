// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Thrown by a handler or an {@link EventMiddleware} to refuse an event. If the client asked for an acknowledgement, it gets
 * {@code {"status":"error","message":…}} with this message, which is public. The connection goes on.
 */
public final class RequestFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String publicMessage;

    public RequestFailed(String message) {
        super(message);
        this.publicMessage = message;
    }

    /** What the client is told. */
    public String publicMessage() {
        return publicMessage;
    }
}
