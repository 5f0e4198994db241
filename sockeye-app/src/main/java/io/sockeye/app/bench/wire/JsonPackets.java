// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The default format: text, with JSON for the arguments. Immutable; any thread. */
public final class JsonPackets implements PacketFormat {
    private static final String ID = "1000";
    private static final String STAMP = "0".repeat(Stamp.LENGTH);
    private static final int SHOWN = 300;

    private final String namespace;
    private final byte[] delivery;
    private final int argumentsAt;

    /** Packets for a namespace. */
    public JsonPackets(String namespace) {
        this.namespace = namespace.equals("/") ? "" : namespace + ",";
        delivery = ("42" + this.namespace + "[\"msg\",\"").getBytes(StandardCharsets.UTF_8);
        argumentsAt = 2 + this.namespace.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public PacketTemplate connect(@Nullable String auth) {
        return PacketTemplate.text("40" + namespace + (auth == null ? "" : auth));
    }

    @Override
    public PacketTemplate echo(int payloadBytes) {
        String head = "42" + namespace + ID + "[\"echo\",\"";
        String packet = head + STAMP + PacketFormat.filler(payloadBytes) + "\"]";
        return PacketTemplate.text(packet, bytes(head), argumentsAt);
    }

    @Override
    public PacketTemplate join(String room) {
        return PacketTemplate.text("42" + namespace + ID + "[\"join\",\"" + room + "\"]", -1, argumentsAt);
    }

    @Override
    public PacketTemplate publish(String room, int payloadBytes) {
        String head = "42" + namespace + "[\"pub\",\"" + room + "\",\"";
        return PacketTemplate.text(head + STAMP + PacketFormat.filler(payloadBytes) + "\"]", bytes(head), -1);
    }

    @Override
    public PacketTemplate disconnect() {
        return PacketTemplate.text("41" + namespace);
    }

    @Override
    public void read(ByteBuf in, int at, int length, PacketListener listener) {
        if (length < 2 || in.getByte(at) != '4') {
            return;
        }
        switch (in.getByte(at + 1)) {
            case '2' -> readEvent(in, at, length, listener);
            case '3' -> readAcknowledgement(in, at, length, listener);
            case '0' -> listener.onConnect();
            case '4' -> listener.onConnectError(in.toString(at, Math.min(length, SHOWN), StandardCharsets.UTF_8));
            case '1' -> listener.onDisconnect();
            default -> {}
        }
    }

    private void readEvent(ByteBuf in, int at, int length, PacketListener listener) {
        if (length < delivery.length + Stamp.LENGTH) {
            return;
        }
        for (int i = delivery.length - 1; i >= 2; i--) {
            if (in.getByte(at + i) != delivery[i]) {
                return;
            }
        }
        listener.onDelivery(Stamp.read(in, at + delivery.length));
    }

    private void readAcknowledgement(ByteBuf in, int at, int length, PacketListener listener) {
        int place = at + argumentsAt;
        int end = at + length;
        while (place < end && in.getByte(place) != '[') {
            place++;
        }
        boolean stamped = place + 2 + Stamp.LENGTH <= end && in.getByte(place + 1) == '"';
        listener.onAcknowledgement(stamped ? Stamp.read(in, place + 2) : Stamp.NONE);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
