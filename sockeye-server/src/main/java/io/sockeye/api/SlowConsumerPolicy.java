// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** What happens when a client's outbox is full: more is waiting for it than the bounds allow. */
public enum SlowConsumerPolicy {
    /** The connection is closed with {@link DisconnectReason#SLOW_CONSUMER}; the client may come back, as a new socket. */
    DISCONNECT,
    /** The new packet is dropped; the client keeps its connection and has a gap. */
    DROP_NEWEST,
    /** The packets that wait longest are dropped until the new one fits; the client has a gap. */
    DROP_OLDEST,
    /**
     * Who publishes waits: {@code emit} and broadcasts return when the client has caught up to half of the bounds. A client that does not
     * within 10 seconds, or for which event loops publish twice the bounds, is disconnected with {@link DisconnectReason#SLOW_CONSUMER}.
     * Event loops never wait, so {@code nonBlocking} handlers do not.
     */
    PAUSE_PUBLISHER
}
