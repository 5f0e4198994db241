// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every format. A format that is added to {@link #formats} is held to it. */
@ParameterizedClass
@MethodSource("formats")
class WireFormatContractTest {
    private static final ProtocolLimits LIMITS = new ProtocolLimits(1000, 1_000_000, 200, 1000, 1000, 1000);

    private final WireFormat format;

    WireFormatContractTest(WireFormat format) {
        this.format = format;
    }

    static Stream<WireFormat> formats() {
        return Stream.of(new JsonFormat(), new MessagePackFormat());
    }

    record Message(String text, int count, @Nullable Double ratio, List<Instant> times, Map<String, byte[]> files) {}

    @Test
    void hasANameOfItsOwn() {
        assertThat(formats().map(WireFormat::name)).doesNotHaveDuplicates().contains(format.name());
    }

    @Test
    void aloneRecognizesItsOwnConnections() {
        for (EncodedPacket packet :
                List.of(format.connect("/", "id", null), format.connect("/admin", "id", "secret"))) {
            byte[] padded = new byte[packet.head().length + 10];
            Arrays.fill(padded, (byte) 0xc1);
            System.arraycopy(packet.head(), 0, padded, 5, packet.head().length);
            int digit = packet.text() ? 1 : 0;
            assertThat(formats()
                            .filter(other ->
                                    other.recognizes(padded, 5 + digit, packet.head().length - digit, packet.text()))
                            .map(WireFormat::name))
                    .containsExactly(format.name());
        }
    }

    @Test
    void recognizesNothingInAnEmptyBinaryMessage() {
        assertThat(format.recognizes(new byte[1], 1, 0, false)).isFalse();
    }

    @Test
    void readsWhatItWritesOfConnections() {
        Packet.Connect plain = (Packet.Connect) roundTrip(format.connect("/", "id", null));
        assertThat(plain.namespace()).isEqualTo("/");
        assertThat(plain.auth().values()).containsExactly(Map.of("sid", "id"));
        Packet.Connect recoverable = (Packet.Connect) roundTrip(format.connect("/a", "id", "\"secret\""));
        assertThat(recoverable.namespace()).isEqualTo("/a");
        assertThat(recoverable.auth().values()).containsExactly(Map.of("sid", "id", "pid", "\"secret\""));

        assertThat(roundTrip(format.disconnect("/a"))).isEqualTo(new Packet.Disconnect("/a"));
        assertThat(roundTrip(format.disconnect("/"))).isEqualTo(new Packet.Disconnect("/"));

        Packet.ConnectError refusal = (Packet.ConnectError) roundTrip(format.connectError("/a", "no", null));
        assertThat(refusal.namespace()).isEqualTo("/a");
        assertThat(refusal.reason().values()).containsExactly(Map.of("message", "no"));
        Packet.ConnectError detailed =
                (Packet.ConnectError) roundTrip(format.connectError("/", "no", Map.of("code", List.of(1))));
        assertThat(detailed.reason().values())
                .containsExactly(Map.of("message", "no", "data", Map.of("code", List.of(1))));
    }

    @Test
    void marksWhatTheTwoEndsNeedToAgreeAsEssential() {
        assertThat(format.connect("/", "id", null).essential()).isTrue();
        assertThat(format.disconnect("/").essential()).isTrue();
        assertThat(format.event("/", 1, "a").essential()).isFalse();
        assertThat(format.ack("/", 1).essential()).isFalse();
    }

    @Test
    void readsTheArgumentsThatItWrites() {
        long seed = System.nanoTime();
        RandomValues values = RandomValues.wellFormed(new SplittableRandom(seed));
        for (int round = 0; round < 5_000; round++) {
            @Nullable Object[] arguments = values.arguments();
            String name = values.text() + "e";
            Packet.Event event = (Packet.Event) roundTrip(format.event("/chat", round, name, arguments));
            Packet.Ack ack = (Packet.Ack) roundTrip(format.ack("/", round, arguments));

            Object expected = Shapes.plain(Arrays.asList(arguments));
            assertThat(event.namespace()).isEqualTo("/chat");
            assertThat(event.ackId()).isEqualTo(round);
            assertThat(event.name()).as("seed %d", seed).isEqualTo(name);
            assertThat(event.args().size()).isEqualTo(arguments.length);
            assertThat(Shapes.plain(event.args().values())).as("seed %d", seed).isEqualTo(expected);
            assertThat(ack.ackId()).isEqualTo(round);
            assertThat(Shapes.plain(ack.args().values())).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void writesAnEventWithoutAnIdAsOne() {
        assertThat(((Packet.Event) roundTrip(format.event("/", Packet.NO_ACK_ID, "a"))).ackId())
                .isEqualTo(Packet.NO_ACK_ID);
    }

    @Test
    void bindsWhatItWrites() {
        Message sent = new Message("é😀", 3, null, List.of(Instant.EPOCH), Map.of("f", new byte[] {1, 2}));

        Message received = event(sent).get(0, Message.class);

        assertThat(received).usingRecursiveComparison().isEqualTo(sent);
    }

    @Test
    void refusesArgumentsOfAnotherKindInTheSameWords() {
        Args args = event(1, null, "1");

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(0, String.class))
                .withMessageStartingWith("Argument 0 does not fit java.lang.String: ");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(1, String.class))
                .withMessage("Argument 1 should be a java.lang.String, but is null");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(2, Integer.class))
                .withMessageStartingWith("Argument 2 does not fit java.lang.Integer: ");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(3, Integer.class))
                .withMessage("Argument 3 should be a java.lang.Integer, but is missing: there are 3");
        assertThat(args.getNullable(3, Integer.class)).isNull();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> args.getNullable(-1, String.class));
    }

    @Test
    void doesNotFollowChangesOfWhatItWasGiven() {
        byte[] data = {1};
        EncodedPacket packet = format.event("/", -1, "a", data);

        data[0] = 2;

        assertThat(((Packet.Event) roundTrip(packet)).args().get(0, byte[].class))
                .containsExactly(1);
    }

    @Test
    void sendsOnWhatCameInAnyFormat() {
        long seed = System.nanoTime();
        RandomValues values = RandomValues.wellFormed(new SplittableRandom(seed));
        for (WireFormat origin : formats().toList()) {
            for (int round = 0; round < 1_000; round++) {
                @Nullable Object[] arguments = values.arguments();
                Packet.Ack came = (Packet.Ack) roundTrip(origin, origin.ack("/", 1, arguments));
                Object expected = Shapes.plain(Arrays.asList(arguments));

                Packet.Event event = (Packet.Event) roundTrip(format.event("/b", 2, "again", came.args()));
                Packet.Ack ack = (Packet.Ack) roundTrip(format.ack("/b", 2, came.args()));

                assertThat(event.name()).isEqualTo("again");
                assertThat(Shapes.plain(event.args().values()))
                        .as("seed %d, from %s", seed, origin.name())
                        .isEqualTo(expected);
                assertThat(Shapes.plain(ack.args().values()))
                        .as("seed %d, from %s", seed, origin.name())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void sendsOnWhatIsNestedDeeply() {
        ProtocolLimits deepest = new ProtocolLimits(10, 10, 500, 10, 10, 10);
        Object value = List.of();
        for (int depth = 2; depth < deepest.maxDepth(); depth++) {
            value = depth % 2 == 0 ? List.of(value) : Map.of("k", value);
        }
        for (WireFormat origin : formats().toList()) {
            Packet.Ack came = (Packet.Ack) roundTrip(origin, origin.ack("/", 1, value), deepest);
            Packet.Ack ack = (Packet.Ack) roundTrip(format, format.ack("/", 1, came.args()), deepest);

            assertThat(ack.args().values().equals(Collections.singletonList(value)))
                    .as("from %s", origin.name())
                    .isTrue();
        }
    }

    @Test
    void boundsWhatItReceives() {
        ProtocolLimits limits = new ProtocolLimits(2, 10, 5, 6, 8, 12);
        byte[] five = new byte[5];

        assertThat(roundTrip(format, format.event("/", 1, "a", five, five, List.of(List.of(List.of(1)))), limits))
                .isInstanceOf(Packet.Event.class);
        refuses(limits, format.event("/", 1, "a", five, five, new byte[0]), ProtocolError.TOO_MANY_ATTACHMENTS);
        refuses(limits, format.event("/", 1, "a", five, new byte[6]), ProtocolError.ATTACHMENTS_TOO_LARGE);
        refuses(limits, format.event("/", 1, "1234567890123"), ProtocolError.EVENT_NAME_TOO_LONG);
        refuses(limits, format.event("/12345678", 1, "a"), ProtocolError.NAMESPACE_TOO_LONG);
        refuses(
                limits,
                format.event("/", 1, "a", List.of(List.of(List.of(List.of(List.of()))))),
                ProtocolError.NESTING_TOO_DEEP);
        refuses(limits, format.event("/", 1, "disconnect"), ProtocolError.RESERVED_EVENT_NAME);
        refuses(limits, format.ack("/", 1L << 53), ProtocolError.INVALID_ACK_ID);
    }

    @Test
    void boundsWhatIsInsideOfPayloads() {
        ProtocolLimits limits = new ProtocolLimits(2, 10, 9, 9, 9, 9, 4, 2, 6, false);
        Map<String, Integer> two = Map.of("a", 1, "b", 2);

        assertThat(roundTrip(format, format.event("/", 1, "name", List.of(), two), limits))
                .isInstanceOf(Packet.Event.class);
        assertThat(roundTrip(format, format.event("/", 1, "a", Map.of("k", List.of(two))), limits))
                .isInstanceOf(Packet.Event.class);
        refuses(limits, format.event("/", 1, "a", "12345"), ProtocolError.STRING_TOO_LONG);
        refuses(limits, format.event("/", 1, "a", Map.of("12345", 1)), ProtocolError.STRING_TOO_LONG);
        refuses(limits, format.event("/", 1, "a", Map.of("a", 1, "b", 2, "c", 3)), ProtocolError.TOO_MANY_KEYS);
        refuses(limits, format.event("/", 1, "a", two, two), ProtocolError.TOO_MANY_VALUES);
        refuses(limits, format.event("/", 1, "a", 1, 2, 3, 4, 5, 6), ProtocolError.TOO_MANY_VALUES);
        refuses(limits, format.event("/", 1, "a", List.of(1, 2, 3, 4, 5)), ProtocolError.TOO_MANY_VALUES);
    }

    @Test
    void refusesValuesThatCannotBeWritten() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.event("/", -1, "a", endless))
                .withMessageContaining("event \"a\"")
                .withMessageContaining("java.util.ArrayList");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.connectError("/", "no", endless));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.ack("/", 1, Args.of(1), 2))
                .withMessageContaining("args.values()");
    }

    @Test
    void keepsTheOrderOfProperties() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", 2);

        Map<?, ?> received = event(map).get(0, Map.class);

        assertThat(received.toString()).isEqualTo("{z=1, a=2}");
    }

    private Args event(@Nullable Object... args) {
        return ((Packet.Event) roundTrip(format.event("/", Packet.NO_ACK_ID, "a", args))).args();
    }

    private void refuses(ProtocolLimits limits, EncodedPacket packet, ProtocolError error) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> roundTrip(format, packet, limits))
                .extracting(ProtocolException::error)
                .isEqualTo(error);
    }

    private Packet roundTrip(EncodedPacket packet) {
        return roundTrip(format, packet);
    }

    private static Packet roundTrip(WireFormat format, EncodedPacket packet) {
        return roundTrip(format, packet, LIMITS);
    }

    private static Packet roundTrip(WireFormat format, EncodedPacket sent, ProtocolLimits limits) {
        PacketAssembler assembler = format.newAssembler(limits);
        byte[] head = sent.head();
        Packet packet = sent.text() ? assembler.text(head, 1, head.length - 1) : assembler.binary(head);
        for (byte[] attachment : sent.attachments()) {
            assertThat(packet).isNull();
            assertThat(assembler.pending()).isTrue();
            packet = assembler.binary(attachment);
        }
        assertThat(assembler.pending()).isFalse();
        assertThat(packet).isNotNull();
        return packet;
    }
}
