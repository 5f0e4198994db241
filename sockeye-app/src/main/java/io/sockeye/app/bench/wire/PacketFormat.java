// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** How packets of Socket.IO are written and recognised. Immutable; any thread. */
public interface PacketFormat {
    /**
     * Joins the namespace.
     *
     * @param auth a JSON object, or null
     */
    PacketTemplate connect(@Nullable String auth);

    /** The event {@code echo} with a payload of so many bytes, asking for an acknowledgement. */
    PacketTemplate echo(int payloadBytes);

    /** The event {@code join} with the name of a room, asking for an acknowledgement. */
    PacketTemplate join(String room);

    /** The event {@code pub} with the name of a room and a payload of so many bytes. */
    PacketTemplate publish(String room, int payloadBytes);

    /** Leaves the namespace. */
    PacketTemplate disconnect();

    /**
     * Recognises a message of the server by its first bytes.
     *
     * @param at where it begins
     * @param length the bytes that are there: all of them before the namespace is joined, later at least
     *     {@link #PREFIX} if it is longer than that
     */
    void read(ByteBuf in, int at, int length, PacketListener listener);

    /** How many bytes of a message are enough to recognise it. */
    int PREFIX = 128;

    /** The characters of a payload behind its stamp. */
    static String filler(int payloadBytes) {
        return "x".repeat(payloadBytes - Stamp.LENGTH);
    }
}
