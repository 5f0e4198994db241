// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The format of the npm package socket.io-msgpack-parser: each packet is one MessagePack map. Immutable; any thread. */
public final class MessagePackPackets implements PacketFormat {
    private static final int CONNECT = 0;
    private static final int DISCONNECT = 1;
    private static final int EVENT = 2;
    private static final int ACKNOWLEDGEMENT = 3;
    private static final int CONNECT_ERROR = 4;
    private static final int UNSEEN = -1;
    private static final byte[] MESSAGE = {(byte) 0xa3, 'm', 's', 'g'};

    private final String namespace;

    /** Packets for a namespace. */
    public MessagePackPackets(String namespace) {
        this.namespace = namespace;
    }

    @Override
    public PacketTemplate connect(@Nullable String auth) {
        MessagePackWriter out =
                new MessagePackWriter().map(auth == null ? 2 : 3).entry("type", CONNECT);
        if (auth != null) {
            JsonNode data = JsonMapper.shared().readTree(auth);
            out.string("data").json(data);
        }
        return end(out, UNSEEN, UNSEEN);
    }

    @Override
    public PacketTemplate echo(int payloadBytes) {
        MessagePackWriter out = event(true).array(2).string("echo");
        int stampAt = out.payload(payloadBytes);
        return end(out, stampAt, out.id());
    }

    @Override
    public PacketTemplate join(String room) {
        MessagePackWriter out = event(true).array(2).string("join").string(room);
        return end(out, UNSEEN, out.id());
    }

    @Override
    public PacketTemplate publish(String room, int payloadBytes) {
        MessagePackWriter out = event(false).array(3).string("pub").string(room);
        return end(out, out.payload(payloadBytes), UNSEEN);
    }

    @Override
    public PacketTemplate disconnect() {
        return end(new MessagePackWriter().map(2).entry("type", DISCONNECT), UNSEEN, UNSEEN);
    }

    private static MessagePackWriter event(boolean acknowledged) {
        return new MessagePackWriter()
                .map(acknowledged ? 4 : 3)
                .entry("type", EVENT)
                .string("data");
    }

    private PacketTemplate end(MessagePackWriter out, int stampAt, int idAt) {
        return PacketTemplate.binary(out.string("nsp").string(namespace).bytes(), stampAt, idAt);
    }

    @Override
    public void read(ByteBuf in, int at, int length, PacketListener listener) {
        int end = at + length;
        int entries = length == 0 ? UNSEEN : MessagePackBytes.mapSize(in, at);
        int type = UNSEEN;
        int data = UNSEEN;
        int place = at + 1;
        for (int i = 0; i < entries && (type == UNSEEN || data == UNSEEN); i++) {
            int value = MessagePackBytes.after(in, place, end);
            if (value >= end) {
                break;
            }
            switch (in.getByte(place + 1)) {
                case 't' -> type = in.getByte(value);
                case 'd' -> data = value;
                default -> {}
            }
            place = MessagePackBytes.after(in, value, end);
            if (place == MessagePackBytes.BEYOND) {
                break;
            }
        }
        tell(in, end, type == UNSEEN ? guess(in, data, end) : type, data, listener);
    }

    /** The type of a packet that has its data in front of its type, and so much of it that the type is not in sight. */
    private static int guess(ByteBuf in, int data, int end) {
        return data == UNSEEN ? UNSEEN : isMessage(in, data, end) ? EVENT : ACKNOWLEDGEMENT;
    }

    private static boolean isMessage(ByteBuf in, int data, int end) {
        if (end - data < 1 + MESSAGE.length || MessagePackBytes.arraySize(in, data) < 2) {
            return false;
        }
        for (int i = 0; i < MESSAGE.length; i++) {
            if (in.getByte(data + 1 + i) != MESSAGE[i]) {
                return false;
            }
        }
        return true;
    }

    private static void tell(ByteBuf in, int end, int type, int data, PacketListener listener) {
        switch (type) {
            case CONNECT -> listener.onConnect();
            case DISCONNECT -> listener.onDisconnect();
            case EVENT -> {
                if (data != UNSEEN && isMessage(in, data, end)) {
                    long stamp = stamp(in, data + 1 + MESSAGE.length, end);
                    if (stamp != Stamp.NONE) {
                        listener.onDelivery(stamp);
                    }
                }
            }
            case ACKNOWLEDGEMENT -> {
                boolean some = data != UNSEEN && MessagePackBytes.arraySize(in, data) > 0;
                listener.onAcknowledgement(some ? stamp(in, data + 1, end) : Stamp.NONE);
            }
            case CONNECT_ERROR -> {
                listener.onConnectError(data == UNSEEN ? "without a reason" : json(in, data, end));
            }
            default -> {}
        }
    }

    private static String json(ByteBuf in, int at, int end) {
        byte[] bytes = new byte[end - at];
        in.getBytes(at, bytes);
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
            return unpacker.unpackValue().toJson();
        } catch (IOException | MessagePackException e) {
            return "with a reason that is no MessagePack";
        }
    }

    private static long stamp(ByteBuf in, int at, int end) {
        int start = at < end ? MessagePackBytes.stringStart(in, at) : UNSEEN;
        return start < 0 || end - start < Stamp.LENGTH ? Stamp.NONE : Stamp.read(in, start);
    }
}
