// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold for every packet that a decoder lets in. */
final class FuzzChecks {
    /** Wide enough for whatever a packet within the default limits becomes when it is written anew. */
    static final ProtocolLimits WIDE =
            new ProtocolLimits(Integer.MAX_VALUE, Long.MAX_VALUE, 1000, Integer.MAX_VALUE, 1_000_000, 1_000_000);

    private static final JsonFormat JSON = new JsonFormat();
    private static final MessagePackFormat MESSAGE_PACK = new MessagePackFormat();
    private static final List<Class<?>> TYPES = List.of(
            String.class,
            Map.class,
            List.class,
            Long.class,
            Integer.class,
            Double.class,
            Boolean.class,
            byte[].class,
            BigDecimal.class,
            Target.class,
            Instant.class);

    private FuzzChecks() {}

    /** What arguments are bound to. */
    record Target(
            @Nullable String name,
            int count,
            @Nullable List<Target> list,
            @Nullable Object data) {}

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }

    static void requireSame(@Nullable Object expected, @Nullable Object got, String rule) {
        if (!Objects.equals(expected, got)) {
            throw new AssertionError(rule + "\nexpected " + expected + "\ngot      " + got);
        }
    }

    /** Reads all there is of a packet, writes it in both formats, and reads that. */
    static void use(Packet packet, WireFormat format) {
        Map<String, Object> shape = Shapes.of(packet);
        if (packet instanceof Packet.Connect connect && connect.auth() != null) {
            bind(connect.auth());
        } else if (packet instanceof Packet.Event event) {
            bind(event.args());
            Packet again = read(format.event(event.namespace(), event.ackId(), event.name(), event.args()), format);
            requireSame(shape, Shapes.of(again), "an event that is passed on stays what it is");
            writeAnew(event.args());
        } else if (packet instanceof Packet.Ack ack) {
            bind(ack.args());
            Packet again = read(format.ack(ack.namespace(), ack.ackId(), ack.args()), format);
            requireSame(shape, Shapes.of(again), "an acknowledgement that is passed on stays what it is");
            writeAnew(ack.args());
        }
    }

    private static void bind(Args args) {
        require(args.values().size() == args.size(), "there are as many values as arguments");
        for (int index = 0; index < args.size(); index++) {
            for (Class<?> type : TYPES) {
                try {
                    Object value = args.get(index, type);
                    require(type.isInstance(value), "a value has the type that was asked for");
                } catch (PayloadException mismatch) {
                    require(mismatch.getMessage().startsWith("Argument " + index + " "), "a fault names its argument");
                }
            }
        }
    }

    private static void writeAnew(Args args) {
        @Nullable Object[] values = args.values().toArray();
        Object plain = wire(args.values());
        Packet.Ack packed = (Packet.Ack) read(MESSAGE_PACK.ack("/", 1, values), MESSAGE_PACK);
        requireSame(plain, wire(packed.args().values()), "values stay what they are in MessagePack");
        EncodedPacket text;
        try {
            text = JSON.ack("/", 1, values);
        } catch (IllegalArgumentException refusal) {
            require(refusal.getMessage().contains(Placeholders.MARK), "values that came in can be sent as JSON");
            return;
        }
        Packet.Ack json = (Packet.Ack) read(text, JSON);
        requireSame(plain, wire(json.args().values()), "values stay what they are in JSON");
    }

    /** A value as both formats have it: instants as text, text without halves of surrogate pairs. */
    private static @Nullable Object wire(@Nullable Object value) {
        return textual(Shapes.plain(value));
    }

    private static @Nullable Object textual(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant.toString();
        }
        if (value instanceof String text) {
            return JsonText.wellFormed(text);
        }
        if (value instanceof List<?> list) {
            return Arrays.asList(list.stream().map(FuzzChecks::textual).toArray());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> textual = new LinkedHashMap<>();
            map.forEach((key, element) -> textual.put(textual(key), textual(element)));
            return textual;
        }
        return value;
    }

    private static Packet read(EncodedPacket packet, WireFormat format) {
        PacketAssembler assembler = format.newAssembler(WIDE);
        Packet read = packet.text()
                ? assembler.text(packet.head(), 1, packet.head().length - 1)
                : assembler.binary(packet.head());
        for (byte[] attachment : packet.attachments()) {
            require(read == null, "a packet is complete with its last attachment");
            read = assembler.binary(attachment);
        }
        return Objects.requireNonNull(read, "a packet is complete with its last attachment");
    }

    static void requireDocumented(ProtocolException refusal) {
        requireSame(refusal.error().reason(), refusal.getMessage(), "a refusal says its reason and nothing else");
    }
}
