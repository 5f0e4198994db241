// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** No format at all: a plain WebSocket that sends back each message as it came. Immutable; any thread. */
public final class RawPackets implements PacketFormat {
    @Override
    public PacketTemplate echo(int payloadBytes) {
        return PacketTemplate.text("0".repeat(Stamp.LENGTH) + PacketFormat.filler(payloadBytes), 0, -1);
    }

    @Override
    public void read(ByteBuf in, int at, int length, PacketListener listener) {
        if (length >= Stamp.LENGTH) {
            listener.onAcknowledgement(Stamp.read(in, at));
        }
    }

    @Override
    public PacketTemplate connect(@Nullable String auth) {
        throw noPackets();
    }

    @Override
    public PacketTemplate join(String room) {
        throw noPackets();
    }

    @Override
    public PacketTemplate publish(String room, int payloadBytes) {
        throw noPackets();
    }

    @Override
    public PacketTemplate disconnect() {
        throw noPackets();
    }

    private static UnsupportedOperationException noPackets() {
        return new UnsupportedOperationException("a plain WebSocket has no packets of Socket.IO");
    }
}
