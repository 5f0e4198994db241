// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;

/** A WebSocket that no session has a use for: closed as soon as it is open, without a code. */
enum DiscardedWebSocket implements WebSocketListener {
    INSTANCE;

    @Override
    public void onOpen(WebSocketChannel channel) {
        channel.close(CloseCodes.NONE, "");
    }

    @Override
    public void onText(byte[] utf8) {
        // the connection is closing
    }

    @Override
    public void onBinary(byte[] data) {
        // the connection is closing
    }

    @Override
    public void onWritable() {
        // nothing waits to be written
    }

    @Override
    public void onClosed(int code, String reason) {
        // no session knows of it
    }
}
