// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * The bytes that wait in a server, to within a few kilobytes for each client. The payloads are counted, not the objects around them.
 *
 * @param outboxes packets that clients have not taken
 * @param mailboxes events and messages that wait for handlers
 * @param incoming parts of WebSocket messages and of bodies of requests, events whose attachments have not all come, polling requests
 *     that are not taken yet, and bodies whose handler has not ended
 * @param recovery events that are kept for clients that may come back
 * @param limit the most of all of them together, see {@code SockeyeBuilder.maxWaitingBytes}
 */
public record MemoryUse(long outboxes, long mailboxes, long incoming, long recovery, long limit) {
    /** All of them together. */
    public long total() {
        return outboxes + mailboxes + incoming + recovery;
    }
}
