// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** Why a socket was disconnected. The texts are those of the Socket.IO documentation. */
public enum DisconnectReason {
    /** The server ended this socket with {@link Socket#disconnect}. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** The client ended this socket. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The server is closing. Clients come back by themselves. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT("ping timeout"),
    /** The connection was closed by the client. */
    TRANSPORT_CLOSE("transport close"),
    /** The connection broke: an aborted or overlapping poll, a message over the limit, a WebSocket error. */
    TRANSPORT_ERROR("transport error"),
    /** The client sent something that is not Engine.IO. */
    PARSE_ERROR("parse error"),
    /** The client sent something that is not Socket.IO, or the connection was closed from the engine. */
    FORCED_CLOSE("forced close"),
    /** The client joined no namespace in time, or sent a packet that its state does not allow. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client read too slowly for what it was sent. See {@link SlowConsumerPolicy}. */
    SLOW_CONSUMER("slow consumer"),
    /** The client did too often what it should not. See {@link RateLimits.Builder#strikes}. */
    POLICY_VIOLATION("policy violation");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The reason in the words of the Socket.IO documentation, such as {@code ping timeout}. */
    public String text() {
        return text;
    }
}
