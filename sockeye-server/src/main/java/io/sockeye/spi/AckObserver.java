// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import io.sockeye.event.Args;

/**
 * Follows acknowledgements as they come in, for an adapter that sends them on. Called on event loops, also at the same time, or by
 * the thread that asks: nothing here may wait. What a method throws is logged.
 */
public interface AckObserver {
    /** Sees nothing. */
    AckObserver NONE = new AckObserver() {
        @Override
        public void onAsked(int sockets) {
            // not of interest
        }

        @Override
        public void onReply(Args reply) {
            // not of interest
        }
    };

    /** So many sockets of this node were asked. Called once, perhaps after the first reply. */
    void onAsked(int sockets);

    /** A socket of this node has acknowledged. */
    void onReply(Args reply);
}
