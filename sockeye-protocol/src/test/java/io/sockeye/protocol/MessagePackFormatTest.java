// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class MessagePackFormatTest {
    private static final String TYPE = "a474797065";
    private static final String DATA = "a464617461";
    private static final String ROOT = "a36e7370a12f";

    private final MessagePackFormat format = new MessagePackFormat();

    record Say(String room, String text) {}

    record When(Instant at, LocalDate day, Duration took, Optional<String> note) {}

    record Raw(@JsonRawValue String json) {}

    record Profile(
            String name,
            @Nullable Integer age,
            @Nullable List<Say> said,
            @Nullable Instant at,
            @Nullable List<byte[]> photos) {}

    @Test
    void writesThePacketsOfTheConnection() {
        assertThat(hex(format.connect("/", "id", null)))
                .isEqualTo("83" + TYPE + "00" + DATA + "81a3736964a26964" + ROOT);
        assertThat(hex(format.connect("/", "id", "s")))
                .isEqualTo("83" + TYPE + "00" + DATA + "82a3736964a26964a3706964a173" + ROOT);
        assertThat(hex(format.disconnect("/chat"))).isEqualTo("82" + TYPE + "01a36e7370a52f63686174");
        assertThat(hex(format.connectError("/", "no", null)))
                .isEqualTo("83" + TYPE + "04" + DATA + "81a76d657373616765a26e6f" + ROOT);
        assertThat(hex(format.connectError("/", "no", 1)))
                .isEqualTo("83" + TYPE + "04" + DATA + "82a76d657373616765a26e6f" + DATA + "01" + ROOT);
    }

    @Test
    void marksOnlyWhatTheTwoEndsNeedToAgreeAsEssential() {
        assertThat(format.connect("/", "id", null).essential()).isTrue();
        assertThat(format.disconnect("/").essential()).isTrue();
        assertThat(format.connectError("/", "no", null).essential()).isFalse();
        assertThat(format.event("/", Packet.NO_ACK_ID, "a").essential()).isFalse();
    }

    @Test
    void writesEventsAndAnswers() {
        assertThat(hex(format.event("/", Packet.NO_ACK_ID, "a", "b")))
                .isEqualTo("83" + TYPE + "02" + DATA + "92a161a162" + ROOT);
        assertThat(hex(format.event("/", 7, "a"))).isEqualTo("84" + TYPE + "02" + DATA + "91a161" + ROOT + "a2696407");
        assertThat(hex(format.ack("/", 7))).isEqualTo("84" + TYPE + "03" + DATA + "90" + ROOT + "a2696407");
        assertThat(hex(format.ack("/", 7, (Object) null)))
                .isEqualTo("84" + TYPE + "03" + DATA + "91c0" + ROOT + "a2696407");
    }

    @ParameterizedTest
    @CsvSource({
        "0,00",
        "127,7f",
        "128,cc80",
        "255,ccff",
        "256,cd0100",
        "65535,cdffff",
        "65536,ce00010000",
        "4294967295,ceffffffff",
        "4294967296,cf0000000100000000",
        "9223372036854775807,cf7fffffffffffffff",
        "-1,ff",
        "-32,e0",
        "-33,d0df",
        "-128,d080",
        "-129,d1ff7f",
        "-32768,d18000",
        "-32769,d2ffff7fff",
        "-2147483648,d280000000",
        "-2147483649,d3ffffffff7fffffff",
        "-9223372036854775808,d38000000000000000"
    })
    void writesIntegersInTheirShortestForm(long number, String expected) {
        assertThat(argument(number)).isEqualTo(expected);
        assertThat(argument(BigInteger.valueOf(number))).isEqualTo(expected);
        assertThat(argument(BigDecimal.valueOf(number))).isEqualTo(expected);
    }

    @Test
    void writesTheOtherNumbersAsJavaScriptHasThem() {
        assertThat(argument(1.5)).isEqualTo("cb3ff8000000000000");
        assertThat(argument(1.0)).isEqualTo("cb3ff0000000000000");
        assertThat(argument(0.1f)).isEqualTo(argument(0.1));
        assertThat(argument(new BigDecimal("0.1"))).isEqualTo(argument(0.1));
        assertThat(argument(Double.NaN)).isEqualTo("cb7ff8000000000000");
        assertThat(argument(Float.NEGATIVE_INFINITY)).isEqualTo("cbfff0000000000000");
        assertThat(argument(new BigInteger("18446744073709551615"))).isEqualTo("cfffffffffffffffff");
        assertThat(argument(new BigInteger("18446744073709551616"))).isEqualTo(argument(0x1p64));
        assertThat(argument(new BigInteger("-9223372036854775809"))).isEqualTo(argument(-0x1p63));
    }

    @ParameterizedTest
    @CsvSource({"0,a0", "31,bf", "32,d920", "255,d9ff", "256,da0100", "65535,daffff", "65536,db00010000"})
    void writesTextWithTheShortestLength(int length, String head) {
        assertThat(argument("x".repeat(length))).isEqualTo(head + "78".repeat(length));
    }

    @ParameterizedTest
    @CsvSource({"0,c400", "255,c4ff", "256,c50100", "65535,c5ffff", "65536,c600010000"})
    void writesBinaryDataWithTheShortestLength(int length, String head) {
        assertThat(argument(new byte[length])).isEqualTo(head + "00".repeat(length));
    }

    @ParameterizedTest
    @CsvSource({"0,90,80", "15,9f,8f", "16,dc0010,de0010", "65535,dcffff,deffff", "65536,dd00010000,df00010000"})
    void writesContainersWithTheShortestLength(int length, String ofList, String ofMap) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int index = 0; index < length; index++) {
            map.put(Integer.toString(index), index);
        }

        assertThat(argument(Collections.nCopies(length, 1))).isEqualTo(ofList + "01".repeat(length));
        assertThat(argument(map)).startsWith(ofMap);
        assertThat(received(format.event("/", -1, "a", map, "end")).values()).containsExactly(map, "end");
    }

    @Test
    void writesLongContainersInsideEachOther() {
        Object value = 1;
        for (int depth = 0; depth < 30; depth++) {
            List<Object> list = new ArrayList<>(Collections.nCopies(20, "x"));
            list.add(depth % 21, value);
            value = depth % 2 == 0 ? list : Map.of("k", list);
        }

        assertThat(received(format.event("/", -1, "a", value)).values()).containsExactly(value);
    }

    @Test
    void writesWhatJavaHasForValuesAsJsonDoes() {
        UUID id = UUID.fromString("00000000-0000-0001-0000-000000000002");
        When when = new When(Instant.EPOCH, LocalDate.of(2026, 1, 2), Duration.ofSeconds(90), Optional.of("x"));
        Object[] values = {
            new Say("r", "t"),
            when,
            List.of(1, 2L, 1.5),
            new int[] {1, 2},
            new double[] {0.5},
            new String[] {"a"},
            Optional.empty(),
            OptionalInt.of(3),
            id,
            true,
            null,
            'c',
            Map.of(7, Map.of()),
            StandardCharsets.UTF_8,
            JsonMapper.shared().readTree("{\"a\":[1,null,1.5,\"x\"]}")
        };
        byte[] json = new JsonFormat().event("/", -1, "a", values).head();
        Packet.Event viaJson = (Packet.Event)
                new JsonFormat().newAssembler(ProtocolLimits.DEFAULTS).text(json, 1, json.length - 1);

        assertThat(received(format.event("/", -1, "a", values)).values())
                .isEqualTo(viaJson.args().values());
    }

    @Test
    void writesBinaryDataWhereItStands() {
        ByteBuffer slice = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2).slice();
        ByteBuffer direct = ByteBuffer.allocateDirect(1).put(0, (byte) 9);

        assertThat(argument(Map.of("x", List.of(new byte[] {7})))).isEqualTo("81a17891c40107");
        assertThat(argument(slice)).isEqualTo("c4020102");
        assertThat(argument(direct)).isEqualTo("c40109");
        EncodedPacket packet = format.event("/", -1, "a", slice);
        assertThat(packet.attachments()).isEmpty();
        assertThat(packet.text()).isFalse();
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        assertThat(received(format.event("/", -1, "a", "a\ud800b😀\udfff", Map.of("\ud800", 1)))
                        .values())
                .containsExactly("a\ufffdb😀\ufffd", Map.of("\ufffd", 1));
    }

    @Test
    void namesTheEventAndTheTypeThatCannotBeWritten() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.event("/", -1, "a", endless))
                .withMessageContaining("event \"a\"")
                .withMessageContaining("java.util.ArrayList")
                .withMessageContaining("cannot be written as MessagePack");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.ack("/", 1, new Raw("{}")))
                .withMessageContaining("acknowledgement")
                .withMessageContaining("Raw JSON");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> format.event("/", -1, "a", Args.of(1), 2))
                .withMessageContaining("args.values()");
    }

    @Test
    void sendsReceivedArgumentsOnAsTheyCame() {
        // An argument in a long form, a date, and undefined, which the writer has no use for.
        String args = "cd0001" + "d700000000000000002a" + "d40000";
        Args received = decode("94a161" + args);

        assertThat(hex(format.event("/", -1, "z", received)))
                .isEqualTo("83" + TYPE + "02" + DATA + "94a17a" + args + ROOT);
        assertThat(hex(format.ack("/", 3, received)))
                .isEqualTo("84" + TYPE + "03" + DATA + "93" + args + ROOT + "a2696403");
    }

    @Test
    void bindsRecordsLenientlyInStructure() {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("name", "n");
        profile.put("unknown", List.of(1, Map.of("x", 2)));
        profile.put("said", List.of(Map.of("room", "r")));
        profile.put("at", Instant.ofEpochMilli(5));
        Args args = received(format.event("/", -1, "a", profile, Map.of("photos", List.of(new byte[] {1}))));

        assertThat(args.get(0, Profile.class))
                .isEqualTo(new Profile("n", null, List.of(new Say("r", null)), Instant.ofEpochMilli(5), null));
        assertThat(args.get(1, Profile.class).photos()).containsExactly(new byte[] {1});
    }

    @Test
    void bindsStrictlyInKind() {
        Args args = received(format.event(
                "/", -1, "a", 1, "1", 1.5, true, "AQID", Map.of("name", 1), Map.of("age", "1"), new byte[] {1}));

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
        refuses(args, 7, Integer.class);
        assertThat(args.get(0, Double.class)).isEqualTo(1.0);
        assertThat(args.get(0, int.class)).isEqualTo(1);
        assertThat(args.get(7, byte[].class)).containsExactly(1);
        assertThat(args.get(7, String.class)).isEqualTo("AQ==");
    }

    @Test
    void refusesToBindWhatIsNoNumberToTypesThatHaveNoNaN() {
        Args args = received(format.event("/", -1, "a", Double.NaN, List.of(Double.POSITIVE_INFINITY)));

        assertThat(args.get(0, Double.class)).isNaN();
        refuses(args, 0, BigDecimal.class);
        refuses(args, 0, BigInteger.class);
        refuses(args, 0, Long.class);
        refuses(args, 1, BigDecimal[].class);
    }

    @Test
    void tellsNullFromMissing() {
        Args args = decode("93a161c0d40000");

        for (int index = 0; index < 2; index++) {
            int position = index;
            assertThatExceptionOfType(PayloadException.class)
                    .isThrownBy(() -> args.get(position, String.class))
                    .withMessage("Argument " + position + " should be a java.lang.String, but is null");
            assertThat(args.getNullable(index, Say.class)).isNull();
        }
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(2, String.class))
                .withMessage("Argument 2 should be a java.lang.String, but is missing: there are 2");
        assertThat(args.getNullable(2, String.class)).isNull();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> args.get(-1, String.class));
    }

    @Test
    void readsDatesAsInstantsAndBindsThemAsTheirText() {
        Args args = decode("94a161" + "d7000000018bcfe5687b" + "d700ffffffffffffffff" + "81a26174d7000000000000000005");
        Instant instant = Instant.parse("2023-11-14T22:13:20.123Z");

        assertThat(args.values())
                .containsExactly(instant, Instant.ofEpochMilli(-1), Map.of("at", Instant.ofEpochMilli(5)));
        assertThat(args.get(0, Object.class)).isEqualTo(instant);
        assertThat(args.get(0, Instant.class)).isEqualTo(instant);
        assertThat(args.get(0, OffsetDateTime.class).toInstant()).isEqualTo(instant);
        assertThat(args.get(0, String.class)).isEqualTo("2023-11-14T22:13:20.123Z");
        assertThat(map(args, 2)).isEqualTo(Map.of("at", "1970-01-01T00:00:00.005Z"));
        assertThat(args.get(2, Profile.class).at()).isEqualTo(Instant.ofEpochMilli(5));
        refuses(args, 0, Long.class);
    }

    @Test
    void readsPlainValuesInWhateverFormTheyCome() {
        Args args = decode("dc000ea161"
                + "d3ffffffffffffffff" // a small integer in eight bytes
                + "ce80000000"
                + "cfffffffffffffffff"
                + "ca3fc00000"
                + "d9017a"
                + "c50001aa" // binary data
                + "c702000405" // an ArrayBuffer
                + "d5000405"
                + "d800" + "00".repeat(16)
                + "df00000001a16bc3"
                + "dd0000000101"
                + "82a16b01a16b02" // a key twice
                + "81a95f5f70726f746f5f5f80");

        assertThat(args.values())
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        -1,
                        2147483648L,
                        new BigInteger("18446744073709551615"),
                        1.5,
                        "z",
                        new byte[] {(byte) 0xaa},
                        new byte[] {4, 5},
                        new byte[] {4, 5},
                        new byte[16],
                        Map.of("k", true),
                        List.of(1),
                        Map.of("k", 2),
                        Map.of("__proto__", Map.of())));
        assertThat(map(args, 11)).isEqualTo(Map.of("k", 2));
        assertThat(args.get(2, BigInteger.class)).isEqualTo("18446744073709551615");
    }

    @Test
    void neverChoosesAClassByWhatWasReceived() {
        Args args = received(format.event("/", -1, "a", Map.of("@class", "java.lang.ProcessBuilder")));

        assertThat(map(args, 0)).isEqualTo(Map.of("@class", "java.lang.ProcessBuilder"));
    }

    private static Map<?, ?> map(Args args, int index) {
        return args.get(index, Map.class);
    }

    private static void refuses(Args args, int index, Class<?> type) {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> args.get(index, type))
                .withMessageStartingWith("Argument " + index + " does not fit " + type.getTypeName());
    }

    /** The one argument as it is written. */
    private String argument(Object value) {
        String packet = hex(format.event("/", Packet.NO_ACK_ID, "a", value));
        String before = "83" + TYPE + "02" + DATA + "92a161";
        assertThat(packet).startsWith(before).endsWith(ROOT);
        return packet.substring(before.length(), packet.length() - ROOT.length());
    }

    private Args decode(String data) {
        byte[] bytes = HexFormat.of().parseHex("83" + TYPE + "02" + DATA + data + ROOT);
        return ((Packet.Event) assemble(bytes)).args();
    }

    private Args received(EncodedPacket packet) {
        return ((Packet.Event) assemble(packet.head())).args();
    }

    private Packet assemble(byte[] bytes) {
        Packet packet = format.newAssembler(ProtocolLimits.TRUSTED).binary(bytes);
        assertThat(packet).isNotNull();
        return packet;
    }

    private static String hex(EncodedPacket packet) {
        return HexFormat.of().formatHex(packet.head());
    }
}
