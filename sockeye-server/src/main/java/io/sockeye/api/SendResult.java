// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** What became of a packet that was given to one client. */
public enum SendResult {
    /** Accepted. It leaves as soon as the client takes it, unless the connection ends first. */
    QUEUED,
    /** Not sent: a droppable packet for a client that is behind, or an outbox over its bounds. */
    DROPPED,
    /** Not sent: the client is gone. */
    CLOSED
}
