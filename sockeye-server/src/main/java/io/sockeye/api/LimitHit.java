// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** A bound that was reached. Each is counted, see {@code Sockeye.limitHits()}. */
public enum LimitHit {
    /** An event was over the limit that its namespace has for it. */
    EVENT_RATE,
    /** An event, or a message of a plain WebSocket, was one too many for the connection, its user or its address. */
    MESSAGE_RATE,
    /** The bytes of an event, or of a message of a plain WebSocket, were too many. */
    BYTE_RATE,
    /** A client asked for one namespace too many in too short a time. */
    JOIN_RATE,
    /** An address asked for one session, or plain WebSocket, too many in too short a time. */
    HANDSHAKE_RATE,
    /** A connection was closed for what it did too often. */
    STRIKES,
    /** A user, or an address, was forgotten to make place for another while it still had used up some of a limit. */
    FORGOTTEN_KEY,
    /** A packet was dropped because more was waiting for the client than the bounds allow. */
    DROPPED_NEWEST,
    /** A packet that was waiting for a client was dropped to make place for another. */
    DROPPED_OLDEST,
    /** A droppable packet was dropped because its client was behind. */
    DROPPED_DROPPABLE,
    /** A packet that was waiting for a client was replaced by a later one with the same key. */
    REPLACED,
    /** A connection was closed because its client was behind. */
    SLOW_CONSUMER,
    /** A connection was closed because all connections together had more waiting than the server may hold. */
    SHED,
    /** Whoever published had to wait for a client. */
    PUBLISHER_PAUSED,
    /** A broadcast was dropped because too much waited for the event loops. */
    BROADCAST_BACKLOG,
    /** A socket was to be in one room too many, or in one whose name is too long. */
    ROOMS,
    /** A client asked to be in one namespace too many. */
    NAMESPACES,
    /** A request to a client was not sent because too many waited for its acknowledgements. */
    PENDING_REQUESTS,
    /** Listeners of rooms were not told because they were too far behind. */
    ROOM_EVENTS,
    /** The handler of connection errors was not told because it was too far behind. */
    CONNECTION_ERRORS,
    /** A session was refused because too much waited in the server. */
    OVERLOADED
}
