// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.PacketAssembler;
import io.sockeye.protocol.ProtocolLimits;
import io.sockeye.protocol.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second format for tests: a packet and its attachments in one binary message, each with its length in front. An event named
 * {@code unwritable} it does not write.
 */
public final class BinaryJsonFormat implements WireFormat {
    private final JsonFormat json = new JsonFormat();

    /** The message for a packet as it is written in JSON, with single quotes for double ones. */
    public static byte[] message(String packet, byte[]... attachments) {
        return joined(SocketIoClient.json(packet).getBytes(StandardCharsets.UTF_8), List.of(attachments));
    }

    /** The packet of a message as it is written in JSON. */
    public static String text(byte[] message) {
        return new String(part(ByteBuffer.wrap(message)), StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] text, List<byte[]> attachments) {
        int size = 4
                + text.length
                + attachments.stream().mapToInt(bytes -> 4 + bytes.length).sum();
        ByteBuffer buffer = ByteBuffer.allocate(size).putInt(text.length).put(text);
        attachments.forEach(bytes -> buffer.putInt(bytes.length).put(bytes));
        return buffer.array();
    }

    private static byte[] part(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.getInt()];
        buffer.get(bytes);
        return bytes;
    }

    private static EncodedPacket wrapped(EncodedPacket packet) {
        byte[] head = packet.head();
        byte[] text = ByteBuffer.allocate(head.length - 1)
                .put(head, 1, head.length - 1)
                .array();
        return EncodedPacket.binary(joined(text, packet.attachments()));
    }

    @Override
    public String name() {
        return "binary-json";
    }

    @Override
    public boolean recognizes(byte[] array, int offset, int length, boolean text) {
        return !text;
    }

    @Override
    public EncodedPacket connect(String namespace, String socketId, @Nullable String recoveryId) {
        return wrapped(json.connect(namespace, socketId, recoveryId)).asEssential();
    }

    @Override
    public EncodedPacket connectError(String namespace, String message, @Nullable Object data) {
        return wrapped(json.connectError(namespace, message, data));
    }

    @Override
    public EncodedPacket disconnect(String namespace) {
        return wrapped(json.disconnect(namespace)).asEssential();
    }

    @Override
    public EncodedPacket event(String namespace, long ackId, String name, @Nullable Object... args) {
        if (name.equals("unwritable")) {
            throw new IllegalArgumentException("this format does not write " + name);
        }
        return wrapped(json.event(namespace, ackId, name, args));
    }

    @Override
    public EncodedPacket ack(String namespace, long ackId, @Nullable Object... args) {
        return wrapped(json.ack(namespace, ackId, args));
    }

    @Override
    public PacketAssembler newAssembler(ProtocolLimits limits) {
        PacketAssembler assembler = json.newAssembler(limits);
        return new PacketAssembler() {
            @Override
            public @Nullable Packet text(byte[] array, int offset, int length) {
                throw new IllegalStateException("expected a binary message");
            }

            @Override
            public @Nullable Packet binary(byte[] data) {
                ByteBuffer buffer = ByteBuffer.wrap(data);
                byte[] text = part(buffer);
                Packet packet = assembler.text(text, 0, text.length);
                while (packet == null) {
                    packet = assembler.binary(part(buffer));
                }
                return packet;
            }

            @Override
            public boolean pending() {
                return false;
            }
        };
    }
}
