// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The default format of Socket.IO: a short text header and JSON, with binary data as attachments.
 *
 * <p>Arguments may be records, beans, maps, lists, arrays, text, numbers, {@code Optional}, types of {@code java.time}
 * (as ISO-8601 text), and {@code byte[]} or {@code ByteBuffer} at any depth. A received value that has not the JSON
 * type of what it is bound to is refused instead of converted; only binary data becomes base64 where text is wanted.
 */
public final class JsonFormat implements WireFormat {
    /** From the digit of an event or an acknowledgement to that of its binary form. */
    private static final int TO_BINARY = 3;

    /** Two types, the digits of two numbers, a dash and a comma. */
    private static final int MAX_HEADER = 34;

    private static final int MAX_BYTES_PER_CHARACTER = 3;

    private static final int BRACKETS = 2;
    private static final int QUOTES_AND_COMMA = 3;
    /** The digits of a long, its sign and a comma. */
    private static final int MOST_OF_A_NUMBER = 21;

    private static final String REFUSAL = "the refusal of a connection";

    private final JavaValues values = new JavaValues("JSON");

    /** Makes a format with its own cache of Java types; one for each server is enough. */
    public JsonFormat() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public boolean recognizes(byte[] array, int offset, int length, boolean text) {
        return text;
    }

    @Override
    public EncodedPacket connect(String namespace, String socketId, @Nullable String recoveryId) {
        String recovery = recoveryId == null ? "" : ",\"pid\":" + JsonText.quote(recoveryId);
        return plain('0', namespace, "{\"sid\":" + JsonText.quote(socketId) + recovery + "}");
    }

    @Override
    public EncodedPacket connectError(String namespace, String message, @Nullable Object data) {
        return refusal(namespace, json -> {
            json.writeStartObject();
            json.writeName("message").writeString(message);
            if (data != null) {
                json.writeName("data");
                values.write(json, data, REFUSAL);
            }
            json.writeEndObject();
        });
    }

    /**
     * Encodes the refusal to let a client of Socket.IO 2 into the namespace.
     *
     * @param reason text or an object, which is all that the client is told
     * @throws IllegalArgumentException if the reason cannot be written
     */
    public EncodedPacket legacyConnectError(String namespace, Object reason) {
        return refusal(namespace, json -> values.write(json, reason, REFUSAL));
    }

    private EncodedPacket refusal(String namespace, Consumer<PayloadGenerator> payload) {
        PacketBuffer buffer = new PacketBuffer(headroom(namespace));
        try (PayloadGenerator json = new PayloadGenerator(values.mapper().createGenerator(buffer))) {
            payload.accept(json);
            if (!json.attachments().isEmpty()) {
                throw new IllegalArgumentException("Binary data cannot be sent with " + REFUSAL
                        + ": the protocol has no attachments there. Send it as text, for example base64.");
            }
        }
        return finish('4', namespace, Packet.NO_ACK_ID, buffer, List.of());
    }

    @Override
    public EncodedPacket disconnect(String namespace) {
        return plain('1', namespace, "");
    }

    @Override
    public EncodedPacket event(String namespace, long ackId, String name, @Nullable Object... args) {
        if (args.length == 1 && args[0] instanceof JsonArgs received) {
            return relay('2', namespace, ackId, name, received);
        }
        return array('2', namespace, ackId, name, JavaValues.spread(args), "event \"" + name + "\"");
    }

    @Override
    public EncodedPacket ack(String namespace, long ackId, @Nullable Object... args) {
        if (args.length == 1 && args[0] instanceof JsonArgs received) {
            return relay('3', namespace, ackId, null, received);
        }
        return array('3', namespace, ackId, null, JavaValues.spread(args), "acknowledgement");
    }

    @Override
    public PacketAssembler newAssembler(ProtocolLimits limits) {
        return new JsonAssembler(limits, values.mapper());
    }

    /** Sends received arguments on: their text as it is, and all attachments, so that the numbers in it stay right. */
    private static EncodedPacket relay(
            char type, String namespace, long ackId, @Nullable String name, JsonArgs received) {
        int nameBytes = name == null ? 0 : name.length() + QUOTES_AND_COMMA;
        PacketBuffer buffer = new PacketBuffer(headroom(namespace), received.bytes() + nameBytes + BRACKETS);
        buffer.write('[');
        if (name != null) {
            JsonText.writeQuoted(name, buffer);
        }
        if (name != null && received.size() > 0) {
            buffer.write(',');
        }
        received.writeTo(buffer);
        buffer.write(']');
        return finish(type, namespace, ackId, buffer, received.attachments());
    }

    private EncodedPacket array(
            char type, String namespace, long ackId, @Nullable String name, @Nullable Object[] args, String subject) {
        if (areScalars(args)) {
            PacketBuffer buffer = new PacketBuffer(headroom(namespace), bytesOfScalars(name, args));
            writeScalars(buffer, name, args);
            return finish(type, namespace, ackId, buffer, List.of());
        }
        PacketBuffer buffer = new PacketBuffer(headroom(namespace));
        try (PayloadGenerator json = new PayloadGenerator(values.mapper().createGenerator(buffer))) {
            json.writeStartArray();
            if (name != null) {
                json.writeString(name);
            }
            for (Object arg : args) {
                values.write(json, arg, subject);
            }
            json.writeEndArray();
            json.flush();
            if (!json.attachments().isEmpty() && json.isPlaceholderGiven()) {
                throw new IllegalArgumentException(
                        "A value of the " + subject + " has a property \"" + Placeholders.MARK
                                + "\": beside binary data the receiver would take it for an attachment. Rename it.");
            }
            return finish(type, namespace, ackId, buffer, json.attachments());
        }
    }

    /** Whether no mapper is needed to write the arguments. */
    private static boolean areScalars(@Nullable Object[] args) {
        for (Object arg : args) {
            boolean scalar = arg == null
                    || arg instanceof String
                    || arg instanceof Integer
                    || arg instanceof Long
                    || arg instanceof Boolean;
            if (!scalar) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes they are if the text is ASCII and needs no escapes. */
    private static int bytesOfScalars(@Nullable String name, @Nullable Object[] args) {
        int bytes = BRACKETS + (name == null ? 0 : name.length() + QUOTES_AND_COMMA);
        for (Object arg : args) {
            bytes += arg instanceof String text ? text.length() + QUOTES_AND_COMMA : MOST_OF_A_NUMBER;
        }
        return bytes;
    }

    private static void writeScalars(PacketBuffer buffer, @Nullable String name, @Nullable Object[] args) {
        char before = '[';
        if (name != null) {
            buffer.write(before);
            JsonText.writeQuoted(name, buffer);
            before = ',';
        }
        for (Object arg : args) {
            buffer.write(before);
            if (arg instanceof String text) {
                JsonText.writeQuoted(text, buffer);
            } else {
                buffer.write(String.valueOf(arg));
            }
            before = ',';
        }
        if (before == '[') {
            buffer.write(before);
        }
        buffer.write(']');
    }

    private static EncodedPacket plain(char type, String namespace, String payload) {
        PacketBuffer buffer = new PacketBuffer(headroom(namespace));
        buffer.write(payload);
        return finish(type, namespace, Packet.NO_ACK_ID, buffer, List.of()).asEssential();
    }

    private static int headroom(String namespace) {
        return MAX_HEADER + MAX_BYTES_PER_CHARACTER * namespace.length();
    }

    private static EncodedPacket finish(
            char type, String namespace, long ackId, PacketBuffer packet, List<byte[]> attachments) {
        int count = attachments.size();
        if (ackId != Packet.NO_ACK_ID) {
            packet.prependNumber(ackId);
        }
        if (!namespace.equals("/")) {
            packet.prepend(',');
            packet.prepend(namespace);
        }
        if (count > 0) {
            packet.prepend('-');
            packet.prependNumber(count);
        }
        packet.prepend(count == 0 ? type : (char) (type + TO_BINARY));
        packet.prepend('4');
        return EncodedPacket.text(packet.toByteArray(), attachments);
    }
}
