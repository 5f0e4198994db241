// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

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

    private final JsonMapper mapper;

    /** Makes a format with its own cache of Java types; one for each server is enough. */
    public JsonFormat() {
        this.mapper = newMapper();
    }

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
        return plain(header('0', 0, namespace, Packet.NO_ACK_ID) + "{\"sid\":" + JsonText.quote(socketId) + recovery
                        + "}")
                .asEssential();
    }

    @Override
    public EncodedPacket connectError(String namespace, String message, @Nullable Object data) {
        String subject = "the refusal of a connection";
        PacketBuffer buffer = new PacketBuffer();
        try (PayloadGenerator json = new PayloadGenerator(mapper.createGenerator(buffer))) {
            json.writeStartObject();
            json.writeName("message").writeString(message);
            if (data != null) {
                json.writeName("data");
                write(json, data, subject);
            }
            json.writeEndObject();
            if (!json.attachments().isEmpty()) {
                throw new IllegalArgumentException("Binary data cannot be sent with " + subject
                        + ": the protocol has no" + " attachments there. Send it as text, for example base64.");
            }
        }
        return EncodedPacket.text(buffer.behind(header('4', 0, namespace, Packet.NO_ACK_ID)), List.of());
    }

    /**
     * Encodes the refusal to let a client of Socket.IO 2 into the namespace.
     *
     * @param reason text or an object, which is all that the client is told
     * @throws IllegalArgumentException if the reason cannot be written
     */
    public EncodedPacket legacyConnectError(String namespace, Object reason) {
        PacketBuffer buffer = new PacketBuffer();
        try (PayloadGenerator json = new PayloadGenerator(mapper.createGenerator(buffer))) {
            write(json, reason, "the refusal of a connection");
        }
        return EncodedPacket.text(buffer.behind(header('4', 0, namespace, Packet.NO_ACK_ID)), List.of());
    }

    @Override
    public EncodedPacket disconnect(String namespace) {
        return plain(header('1', 0, namespace, Packet.NO_ACK_ID)).asEssential();
    }

    @Override
    public EncodedPacket event(String namespace, long ackId, String name, @Nullable Object... args) {
        if (args.length == 1 && args[0] instanceof JsonArgs received) {
            return relay('2', namespace, ackId, JsonText.quote(name), received);
        }
        return array('2', namespace, ackId, name, spread(args), "event \"" + name + "\"");
    }

    @Override
    public EncodedPacket ack(String namespace, long ackId, @Nullable Object... args) {
        if (args.length == 1 && args[0] instanceof JsonArgs received) {
            return relay('3', namespace, ackId, "", received);
        }
        return array('3', namespace, ackId, null, spread(args), "acknowledgement");
    }

    @Override
    public PacketAssembler newAssembler(ProtocolLimits limits) {
        return new JsonAssembler(limits, mapper);
    }

    /** Sends received arguments on: their text as it is, and all attachments, so that the numbers in it stay right. */
    private static EncodedPacket relay(char type, String namespace, long ackId, String quotedName, JsonArgs received) {
        PacketBuffer buffer = new PacketBuffer();
        buffer.write('[');
        buffer.write(quotedName);
        if (!quotedName.isEmpty() && received.size() > 0) {
            buffer.write(',');
        }
        received.writeTo(buffer);
        buffer.write(']');
        return finish(type, namespace, ackId, buffer, received.attachments());
    }

    private EncodedPacket array(
            char type, String namespace, long ackId, @Nullable String name, @Nullable Object[] args, String subject) {
        PacketBuffer buffer = new PacketBuffer();
        try (PayloadGenerator json = new PayloadGenerator(mapper.createGenerator(buffer))) {
            json.writeStartArray();
            if (name != null) {
                json.writeString(name);
            }
            for (Object arg : args) {
                write(json, arg, subject);
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

    private static EncodedPacket finish(
            char type, String namespace, long ackId, PacketBuffer payload, List<byte[]> attachments) {
        char wireType = attachments.isEmpty() ? type : (char) (type + TO_BINARY);
        return EncodedPacket.text(payload.behind(header(wireType, attachments.size(), namespace, ackId)), attachments);
    }

    private void write(PayloadGenerator json, @Nullable Object value, String subject) {
        if (value instanceof Args) {
            throw new IllegalArgumentException("Args stands for all arguments of the " + subject
                    + ": it cannot be one of several. Use args.values() to send its elements as one list.");
        }
        try {
            mapper.writeValue(json, value);
        } catch (JacksonException failure) {
            String type = value == null ? "null" : value.getClass().getTypeName();
            throw new IllegalArgumentException(
                    "A value of the " + subject + ", a " + type + ", cannot be written as JSON: "
                            + JacksonFault.describe(failure),
                    failure);
        }
    }

    private static @Nullable Object[] spread(@Nullable Object[] args) {
        return args.length == 1 && args[0] instanceof Args all ? all.values().toArray() : args;
    }

    private static EncodedPacket plain(String packet) {
        return EncodedPacket.text(new PacketBuffer().behind(packet), List.of());
    }

    private static String header(char type, int attachments, String namespace, long ackId) {
        StringBuilder header = new StringBuilder(32).append('4').append(type);
        if (attachments > 0) {
            header.append(attachments).append('-');
        }
        if (!namespace.equals("/")) {
            header.append(namespace).append(',');
        }
        if (ackId != Packet.NO_ACK_ID) {
            header.append(ackId);
        }
        return header.toString();
    }

    /*
     * The constraints of the parser are off: whatever it gets was measured by our scanner, against ProtocolLimits.
     * Types are never chosen by what was received.
     */
    private static JsonMapper newMapper() {
        StreamReadConstraints measuredBefore = StreamReadConstraints.builder()
                .maxNestingDepth(ProtocolLimits.DEEPEST)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(measuredBefore)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new SimpleModule("sockeye").addDeserializer(byte[].class, new AttachmentReader()))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }
}
