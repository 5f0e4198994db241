// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The format of the npm package socket.io-msgpack-parser: each packet is one binary message, a MessagePack map, with
 * binary data inside.
 *
 * <p>Arguments may be what they may be for {@link JsonFormat}, and have the same forms but for these: binary data is
 * binary, NaN and the infinities stay what they are, integers of more than 64 bits and decimal fractions become 64-bit
 * floating-point numbers, half of a surrogate pair becomes U+FFFD, and raw JSON is refused. Types of {@code java.time}
 * are ISO-8601 text.
 *
 * <p>What is received is bound as strictly as JSON. JavaScript's undefined is null. A date is an {@code Instant} among
 * plain values, and wherever a type is asked for it is what the text of that instant in JSON would be. Of a key that a
 * map has twice the last counts, but a packet that has one of its own keys twice is refused. Each value of binary
 * data, wherever it stands in the packet, counts against {@link ProtocolLimits#maxAttachments} and {@link
 * ProtocolLimits#maxAttachmentBytes}, so that what one format lets in, others can pass on.
 */
public final class MessagePackFormat implements WireFormat {
    private final JavaValues values = new JavaValues("MessagePack");

    /** Makes a format with its own cache of Java types; one for each server is enough. */
    public MessagePackFormat() {}

    @Override
    public String name() {
        return "msgpack";
    }

    @Override
    public boolean recognizes(byte[] array, int offset, int length, boolean text) {
        if (text || length == 0) {
            return false;
        }
        int code = array[offset] & 0xff;
        return code >> 4 == 0x8 || code == 0xde || code == 0xdf;
    }

    @Override
    public EncodedPacket connect(String namespace, String socketId, @Nullable String recoveryId) {
        try (MessagePackGenerator packet = begin(MessagePackReader.CONNECT)) {
            packet.writeName("data");
            packet.writeStartObject();
            packet.writeName("sid").writeString(socketId);
            if (recoveryId != null) {
                packet.writeName("pid").writeString(recoveryId);
            }
            packet.writeEndObject();
            return end(packet, namespace, Packet.NO_ACK_ID).asEssential();
        }
    }

    @Override
    public EncodedPacket connectError(String namespace, String message, @Nullable Object data) {
        try (MessagePackGenerator packet = begin(MessagePackReader.CONNECT_ERROR)) {
            packet.writeName("data");
            packet.writeStartObject();
            packet.writeName("message").writeString(message);
            if (data != null) {
                packet.writeName("data");
                values.write(packet, data, "the refusal of a connection");
            }
            packet.writeEndObject();
            return end(packet, namespace, Packet.NO_ACK_ID);
        }
    }

    @Override
    public EncodedPacket disconnect(String namespace) {
        try (MessagePackGenerator packet = begin(MessagePackReader.DISCONNECT)) {
            return end(packet, namespace, Packet.NO_ACK_ID).asEssential();
        }
    }

    @Override
    public EncodedPacket event(String namespace, long ackId, String name, @Nullable Object... args) {
        try (MessagePackGenerator packet = begin(MessagePackReader.EVENT)) {
            packet.writeName("data");
            packet.writeStartArray();
            packet.writeString(name);
            write(packet, args, "event \"" + name + "\"");
            packet.writeEndArray();
            return end(packet, namespace, ackId);
        }
    }

    @Override
    public EncodedPacket ack(String namespace, long ackId, @Nullable Object... args) {
        try (MessagePackGenerator packet = begin(MessagePackReader.ACK)) {
            packet.writeName("data");
            packet.writeStartArray();
            write(packet, args, "acknowledgement");
            packet.writeEndArray();
            return end(packet, namespace, ackId);
        }
    }

    @Override
    public PacketAssembler newAssembler(ProtocolLimits limits) {
        return new MessagePackAssembler(limits, values.mapper());
    }

    private MessagePackGenerator begin(int type) {
        MessagePackGenerator packet = new MessagePackGenerator(values.mapper());
        packet.writeStartObject();
        packet.writeName("type").writeNumber(type);
        return packet;
    }

    private void write(MessagePackGenerator packet, @Nullable Object[] args, String subject) {
        if (args.length == 1 && args[0] instanceof MessagePackArgs received) {
            received.writeTo(packet);
            return;
        }
        for (Object arg : JavaValues.spread(args)) {
            values.write(packet, arg, subject);
        }
    }

    private static EncodedPacket end(MessagePackGenerator packet, String namespace, long ackId) {
        packet.writeName("nsp").writeString(namespace);
        if (ackId != Packet.NO_ACK_ID) {
            packet.writeName("id").writeNumber(ackId);
        }
        packet.writeEndObject();
        return EncodedPacket.binary(packet.toByteArray());
    }
}
