// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

/**
 * The bounds of what one socket may hold.
 *
 * @param rooms rooms that it is in, its own left out
 * @param roomNameLength characters of the name of a room
 * @param pendingRequests requests that wait for its acknowledgement
 */
public record CoreBounds(int rooms, int roomNameLength, int pendingRequests) {
    /** Those of a server that says nothing else. */
    public static final CoreBounds DEFAULTS = new CoreBounds(10_000, 1_024, 10_000);
}
