// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;

/** A channel that can send without its queue. An interface, so that who asks for it needs no class of a transport that may be absent. */
interface PastQueue {
    /**
     * Sends bytes past the queue of the channel, if nothing is in it. Loop only.
     *
     * @return how many have left; they are still in the buffer
     */
    int sendPastQueue(ByteBuf bytes);

    /** Whether nothing is in the queue. Loop only. */
    boolean queueIsEmpty();
}
