// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

/**
 * Why a {@link JwtAuth} ended a socket. Attached to it before it is disconnected, so that {@code onDisconnect} handlers find it
 * with {@code socket.find(AuthEnd.class)}; the client gets an event of the same meaning.
 */
public enum AuthEnd {
    /** The token expired and the client brought no new one. */
    EXPIRED("auth_expired", "The token has expired"),
    /** The token, or its subject, was revoked. */
    REVOKED("auth_revoked", "The token was revoked");

    private final String event;
    private final String message;

    AuthEnd(String event, String message) {
        this.event = event;
        this.message = message;
    }

    /** The event that the client gets, such as {@code auth_expired}, with {@code {"message": ...}}. */
    public String event() {
        return event;
    }

    /** What the client is told. */
    public String message() {
        return message;
    }
}
