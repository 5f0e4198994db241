// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonFormatTest {
    private final JsonFormat format = new JsonFormat();

    record Say(String room, String text) {}

    record Empty() {}

    record When(Instant at, LocalDate day, Duration took, Optional<String> note) {}

    static final class Bean {
        public int getCount() {
            return 3;
        }
    }

    @Test
    void writesTheHeaderInItsOrder() {
        assertThat(head(format.event("/", Packet.NO_ACK_ID, "a"))).isEqualTo("42[\"a\"]");
        assertThat(head(format.event("/", 0, "a", 1, "b"))).isEqualTo("420[\"a\",1,\"b\"]");
        assertThat(head(format.event("/chat", 12, "a"))).isEqualTo("42/chat,12[\"a\"]");
        assertThat(head(format.event("/chat", 12, "a", new byte[1])))
                .isEqualTo("451-/chat,12[\"a\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(head(format.ack("/", 7))).isEqualTo("437[]");
        assertThat(head(format.ack("/chat", 7, "x", null))).isEqualTo("43/chat,7[\"x\",null]");
        assertThat(head(format.ack("/", 7, new byte[0]))).isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]");
    }

    @Test
    void writesThePacketsOfTheConnection() {
        assertThat(head(format.connect("/", "id", null))).isEqualTo("40{\"sid\":\"id\"}");
        assertThat(head(format.connect("/a", "\"\\", null))).isEqualTo("40/a,{\"sid\":\"\\\"\\\\\"}");
        assertThat(head(format.connect("/", "id", "secret"))).isEqualTo("40{\"sid\":\"id\",\"pid\":\"secret\"}");
        assertThat(head(format.disconnect("/"))).isEqualTo("41");
        assertThat(head(format.disconnect("/a"))).isEqualTo("41/a,");
        assertThat(head(format.connectError("/", "no", null))).isEqualTo("44{\"message\":\"no\"}");
        assertThat(head(format.connectError("/a", "no", Map.of("code", 1))))
                .isEqualTo("44/a,{\"message\":\"no\",\"data\":{\"code\":1}}");
    }

    @Test
    void writesWhatJavaHasForValues() {
        When when = new When(Instant.EPOCH, LocalDate.of(2026, 1, 2), Duration.ofSeconds(90), Optional.of("x"));

        assertThat(json(new Say("r", "t"), new Empty(), new Bean()))
                .isEqualTo("{\"room\":\"r\",\"text\":\"t\"},{},{\"count\":3}");
        assertThat(json(when))
                .isEqualTo(
                        "{\"at\":\"1970-01-01T00:00:00Z\",\"day\":\"2026-01-02\",\"took\":\"PT1M30S\",\"note\":\"x\"}");
        assertThat(json(List.of(1, 2L, 1.5), new int[] {1}, Optional.empty(), true))
                .isEqualTo("[1,2,1.5],[1],null,true");
    }

    @Test
    void writesNullForNumbersThatJsonLacks() {
        assertThat(json(Double.NaN, Float.NEGATIVE_INFINITY, new double[] {1, Double.POSITIVE_INFINITY}, new float[] {
                    Float.NaN
                }))
                .isEqualTo("null,null,[1.0,null],[null]");
        assertThat(json(List.of(Double.NaN), Map.of("a", Float.NaN))).isEqualTo("[null],{\"a\":null}");
    }

    @Test
    void writesEscapesOnlyWhereTheyAreNeeded() {
        assertThat(json("/é\u2028😀\u007f")).isEqualTo("\"/é\u2028😀\u007f\"");
        assertThat(json("\u0000\n\"\\")).isEqualTo("\"\\u0000\\n\\\"\\\\\"");
    }

    @Test
    void writesTextTheSameWhateverElseIsWritten() {
        for (String text : List.of(
                "", "?", "eight by eight?", "é", "€\"", "\ud83d\ude00?", "a\ud83d", "?\ude00", "\u0000", "\u007f")) {
            String alone = head(format.event("/", Packet.NO_ACK_ID, text, text, true, 1, 2L, null));
            String beside = head(format.event("/", Packet.NO_ACK_ID, text, text, true, 1, 2L, null, Map.of()));
            assertThat(beside).isEqualToIgnoringCase(alone.substring(0, alone.length() - 1) + ",{}]");
        }
    }

    @Test
    void keepsHalvesOfSurrogatePairs() {
        String lone = "a\ud800b";
        Map<String, Object> map = Map.of(lone, List.of("\udfff\ud800"));

        String json = json(lone, map, new String[] {lone});

        assertThat(json).isEqualTo("\"a\\ud800b\",{\"a\\ud800b\":[\"\\udfff\\ud800\"]},[\"a\\ud800b\"]");
        assertThat(received(format.event("/", -1, lone, lone, map)).args().values())
                .containsExactly(lone, map);
        assertThat(received(format.event("/", -1, lone, lone, map)).name()).isEqualTo(lone);
        Args withAttachment = received(format.event("/", -1, "a", Map.of(lone, new byte[] {1})))
                .args();
        assertThat(withAttachment.get(0, Map.class).get(lone)).isEqualTo(new byte[] {1});
    }

    static final class File {
        private byte[] content = {};

        public void setContent(byte[] content) {
            this.content = content;
        }
    }

    @Test
    void takesBinaryDataOutOfAnyDepth() {
        ByteBuffer slice = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2).slice();
        ByteBuffer direct = ByteBuffer.allocateDirect(1).put(0, (byte) 9);

        EncodedPacket packet = format.event(
                "/", -1, "a", Map.of("x", List.of(new byte[] {7})), slice, direct, new Object[] {new byte[0]});

        assertThat(head(packet))
                .isEqualTo("454-[\"a\",{\"x\":[{\"_placeholder\":true,\"num\":0}]},{\"_placeholder\":true,\"num\":1},"
                        + "{\"_placeholder\":true,\"num\":2},[{\"_placeholder\":true,\"num\":3}]]");
        assertThat(packet.attachments())
                .containsExactly(new byte[] {7}, new byte[] {1, 2}, new byte[] {9}, new byte[0]);
        assertThat(packet.bytes()).isEqualTo(packet.head().length + 4);
    }

    @Test
    void keepsAttachmentsApartFromTheArrayThatWasGiven() {
        byte[] data = {1};
        EncodedPacket packet = format.event("/", -1, "a", data);

        data[0] = 2;

        assertThat(packet.attachments().get(0)).containsExactly(1);
    }

    @Test
    void refusesAPlaceholderOfTheApplicationBesideBinaryData() {
        Map<String, Object> forged = Map.of("_placeholder", true, "num", 0);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.event("/", -1, "a", forged, new byte[1]))
                .withMessageContaining("event \"a\"")
                .withMessageContaining("_placeholder");
        assertThat(received(format.event("/", -1, "a", forged)).args().values()).containsExactly(forged);
    }

    @Test
    void namesTheEventAndTheTypeThatCannotBeWritten() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        List<Object> failing = new AbstractList<>() {
            @Override
            public Object get(int index) {
                throw new IllegalStateException("no name");
            }

            @Override
            public int size() {
                return 1;
            }
        };

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.event("/", -1, "a", endless))
                .withMessageContaining("event \"a\"")
                .withMessageContaining("java.util.ArrayList");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.ack("/", 1, failing))
                .withMessageContaining("acknowledgement")
                .withMessageContaining("no name");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.connectError("/", "no", new byte[1]))
                .withMessageContaining("base64");
    }

    @Test
    void spreadsArgumentsThatStandAlone() {
        assertThat(head(format.event("/", -1, "a", Args.of(1, "b")))).isEqualTo("42[\"a\",1,\"b\"]");
        assertThat(head(format.event("/", -1, "a", Args.of()))).isEqualTo("42[\"a\"]");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.event("/", -1, "a", Args.of(1), 2))
                .withMessageContaining("args.values()");
    }

    @Test
    void sendsReceivedArgumentsOnAsTheyCame() {
        Args text = received(format.event("/", -1, "a", 1, Map.of("b", "c"))).args();
        Args binary =
                received(format.event("/", -1, "a", "x", new byte[] {1, 2})).args();
        Args none = received(format.event("/", -1, "a")).args();

        assertThat(head(format.event("/n", 3, "z\ud800", text))).isEqualTo("42/n,3[\"z\\ud800\",1,{\"b\":\"c\"}]");
        assertThat(head(format.ack("/n", 3, text))).isEqualTo("43/n,3[1,{\"b\":\"c\"}]");
        assertThat(head(format.event("/", -1, "z", none))).isEqualTo("42[\"z\"]");
        assertThat(head(format.ack("/", 3, none))).isEqualTo("433[]");
        Args again = received(format.event("/", -1, "z", binary)).args();
        assertThat(again.get(0, String.class)).isEqualTo("x");
        assertThat(again.get(1, byte[].class)).containsExactly(1, 2);
    }

    record Profile(
            String name,
            @Nullable Integer age,
            @Nullable List<Say> said,
            @Nullable Instant at) {}

    @Test
    void bindsRecordsLenientlyInStructure() {
        Args args = decode(
                "2[\"a\",{\"name\":\"n\",\"unknown\":[1,{\"x\":2}],\"said\":[{\"room\":\"r\"}],\"name\":\"last\"}]");

        assertThat(args.get(0, Profile.class)).isEqualTo(new Profile("last", null, List.of(new Say("r", null)), null));
    }

    @Test
    void bindsStrictlyInKind() {
        Args args = decode("2[\"a\",1,\"1\",1.5,true,\"AQID\",{\"name\":1},{\"age\":\"1\"}]");

        refuses(args, 0, String.class);
        refuses(args, 0, Boolean.class);
        refuses(args, 1, Integer.class);
        refuses(args, 2, Integer.class);
        refuses(args, 2, String.class);
        refuses(args, 3, String.class);
        refuses(args, 3, Integer.class);
        refuses(args, 4, byte[].class);
        refuses(args, 5, Profile.class);
        refuses(args, 6, Profile.class);
        assertThat(args.get(0, Double.class)).isEqualTo(1.0);
        assertThat(args.get(0, int.class)).isEqualTo(1);
    }

    @Test
    void tellsNullFromMissing() {
        Args args = decode("2[\"a\",null]");

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(0, String.class))
                .withMessage("Argument 0 should be a java.lang.String, but is null");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(1, String.class))
                .withMessage("Argument 1 should be a java.lang.String, but is missing: there are 1");
        assertThat(args.getNullable(0, String.class)).isNull();
        assertThat(args.getNullable(1, String.class)).isNull();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> args.get(-1, String.class));
    }

    @Test
    void readsPlainValues() {
        Args args = decode(
                "2[\"a\",1,2147483648,9223372036854775808,1.5,-0,true,null,\"\\u0000\",[1],{\"__proto__\":{\"x\":1}}]");

        assertThat(args.values())
                .containsExactly(
                        1,
                        2147483648L,
                        new BigInteger("9223372036854775808"),
                        1.5,
                        0,
                        true,
                        null,
                        "\u0000",
                        List.of(1),
                        Map.of("__proto__", Map.of("x", 1)));
    }

    @Test
    void readsTheSameValuesBesideAttachments() {
        Args args = decode(
                "51-[\"a\",[1,2147483648,-9223372036854775809,1.5,1e3,-0,true,false,null,\"\\\"\\u00e9\" , {\"k\" :[] },"
                        + "{\"_placeholder\":true,\"num\":0,\"x\":[\"}\"]}, {}]]",
                new byte[] {1});

        List<@Nullable Object> expected = new ArrayList<>(Arrays.asList(
                1,
                2147483648L,
                new BigInteger("-9223372036854775809"),
                1.5,
                1000.0,
                0,
                true,
                false,
                null,
                "\"é",
                Map.of("k", List.of()),
                new byte[] {1},
                Map.of()));
        assertThat((List<?>) args.values().get(0)).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void bindsAttachmentsToProperties() {
        Args args = decode(
                "52-[\"a\",{\"name\":\"n\",\"content\":{\"_placeholder\":true,\"num\":1}},{\"_placeholder\":true,\"num\":0}]",
                new byte[] {1},
                new byte[] {2});

        assertThat(args.get(0, File.class).content).containsExactly(2);
        assertThat(args.get(1, byte[].class)).containsExactly(1);
        assertThat(args.values().get(1)).isEqualTo(new byte[] {1});
        assertThat(args.get(1, String.class)).isEqualTo("AQ==");
        refuses(args, 1, Integer.class);
    }

    @Test
    void neverChoosesAClassByWhatWasReceived() {
        Args args = decode("2[\"a\",{\"@class\":\"java.lang.ProcessBuilder\"},[\"java.lang.ProcessBuilder\",{}]]");

        assertThat(args.get(0, Object.class)).isEqualTo(Map.of("@class", "java.lang.ProcessBuilder"));
        assertThat(args.get(1, Object.class)).isEqualTo(List.of("java.lang.ProcessBuilder", Map.of()));
    }

    @Test
    void readsNamesLongerThanParsersUsuallyAllow() {
        String name = "k".repeat(100_000);

        assertThat(decode("2[\"a\",{\"" + name + "\":1}]").values()).containsExactly(Map.of(name, 1));
    }

    @Test
    void keepsTheOrderOfProperties() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", 2);

        assertThat(json(map, new Say("r", "t"))).isEqualTo("{\"z\":1,\"a\":2},{\"room\":\"r\",\"text\":\"t\"}");
    }

    private static void refuses(Args args, int index, Class<?> type) {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(index, type))
                .withMessageStartingWith("Argument " + index + " does not fit " + type.getTypeName());
    }

    /** The arguments as they are written, without the event. */
    private String json(@Nullable Object... args) {
        String head = head(format.event("/", Packet.NO_ACK_ID, "a", args));
        return head.substring("42[\"a\",".length(), head.length() - 1);
    }

    private Packet.Event received(EncodedPacket packet) {
        String text = head(packet).substring(1);
        return (Packet.Event) assemble(text, packet.attachments().toArray(new byte[0][]));
    }

    private Args decode(String text, byte[]... attachments) {
        return ((Packet.Event) assemble(text, attachments)).args();
    }

    private Packet assemble(String text, byte[]... attachments) {
        PacketAssembler assembler = format.newAssembler(ProtocolLimits.DEFAULTS);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Packet packet = assembler.text(bytes, 0, bytes.length);
        for (byte[] attachment : attachments) {
            packet = assembler.binary(attachment);
        }
        return packet;
    }

    private static String head(EncodedPacket packet) {
        assertThat(packet.text()).isTrue();
        return new String(packet.head(), StandardCharsets.UTF_8);
    }
}
