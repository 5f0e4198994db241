// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Told of the rooms of a namespace on this node. Called on handler threads, one call at a time, those for one room in the order in
 * which things happened; what it is told may be over already. The id of each socket is a room too. What a method throws is logged.
 */
public interface RoomListener {
    /** A room has its first member. */
    default void created(String room) {}

    /** A room has lost its last member. */
    default void deleted(String room) {}

    /** A socket has joined a room. */
    default void joined(String room, String socketId) {}

    /** A socket has left a room, or is gone. */
    default void left(String room, String socketId) {}
}
