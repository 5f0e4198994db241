// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.Locale;

/** Why the server did not let a connection or a request in, or ended a connection before it was of use. */
public enum RefusalReason {
    /**
     * There are as many connections as {@code maxConnections} allows, or so much is incoming or waits in the server that there was no
     * room for the body of a request.
     */
    CAPACITY,

    /** There are as many connections of the client's address as {@code maxConnectionsPerAddress} allows. */
    ADDRESS,

    /** There are as many connections of the user as {@code connectionsPerUser} allows. */
    USER,

    /** The page that the client runs in is of an origin that is not allowed. */
    ORIGIN,

    /** More connections than {@code maxPendingConnections} waited for their first request; the oldest was closed. */
    PENDING,

    /** A request went beyond {@link RequestLimits} in size or number. */
    REQUEST_LIMIT,

    /** A request is none of HTTP/1.1 that this server answers. */
    MALFORMED,

    /** A request head or body did not come in time, or an answer was not read in time. */
    TIMEOUT,

    /** What a trusted proxy said about its client could not be understood, or contradicted itself. */
    PROXY;

    /** The name for documents and metrics, such as {@code request_limit}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
