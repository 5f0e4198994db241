// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagePackAssemblerTest {
    private static final ProtocolLimits LIMITS = new ProtocolLimits(3, 10, 5, 6, 8, 12);

    /** What samples are written with, so that they can be read: keys, and a namespace with its key. */
    private static final Map<String, String> WORDS = Map.of(
            "type", "a474797065",
            "data", "a464617461",
            "nsp", "a36e7370",
            "id", "a26964",
            "ROOT", "a36e7370a12f");

    private final PacketAssembler assembler = new MessagePackFormat().newAssembler(LIMITS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|INVALID_MESSAGE_PACK",
                "c1|INVALID_MESSAGE_PACK",
                "90|NOT_A_MAP",
                "c0|NOT_A_MAP",
                "a474797065|NOT_A_MAP",
                "80|UNKNOWN_PACKET_TYPE",
                "81 ROOT|UNKNOWN_PACKET_TYPE",
                "82 type 05 ROOT|UNKNOWN_PACKET_TYPE",
                "82 type ff ROOT|UNKNOWN_PACKET_TYPE",
                "82 type a130 ROOT|UNKNOWN_PACKET_TYPE",
                "82 type c0 ROOT|UNKNOWN_PACKET_TYPE",
                "82 type cb3ff0000000000000 ROOT|UNKNOWN_PACKET_TYPE",
                "82 type cfffffffffffffffff ROOT|UNKNOWN_PACKET_TYPE",
                "81 type 00|INVALID_NAMESPACE",
                "82 type 00 nsp c0|INVALID_NAMESPACE",
                "82 type 00 nsp 01|INVALID_NAMESPACE",
                "82 type 00 nsp c4012f|INVALID_NAMESPACE",
                "82 type 00 nsp a1ff|INVALID_UTF8",
                "82 type 00 nsp a92f3132333435363738|NAMESPACE_TOO_LONG",
                "82 type 00 ROOT c0|INVALID_MESSAGE_PACK",
                "83 type 00 ROOT|INVALID_MESSAGE_PACK",
                "83 type 00 ROOT data|INVALID_MESSAGE_PACK",
                "df7fffffff type 00 ROOT|INVALID_MESSAGE_PACK",
                "dfffffffff type 00 ROOT|INVALID_MESSAGE_PACK",
                "82 type 00 c4036e7370 a12f|KEY_NOT_TEXT",
                "83 type 00 ROOT 01 01|KEY_NOT_TEXT",
                "83 type 00 ROOT a1ff 01|INVALID_UTF8",
                "83 type 00 ROOT ROOT|DUPLICATE_KEY",
                "83 type 00 type 00 ROOT|DUPLICATE_KEY",
                "84 type 03 id 01 id 01 data 90 ROOT|DUPLICATE_KEY",
                "84 type 03 data 90 data 90 ROOT|DUPLICATE_KEY",
                "83 type 00 data 90 ROOT|INVALID_PAYLOAD",
                "83 type 00 data a161 ROOT|INVALID_PAYLOAD",
                "83 type 00 data c2 ROOT|INVALID_PAYLOAD",
                "83 type 00 data c400 ROOT|INVALID_PAYLOAD",
                "83 type 01 data 80 ROOT|INVALID_PAYLOAD",
                "83 type 01 data 90 ROOT|INVALID_PAYLOAD",
                "82 type 02 ROOT|INVALID_PAYLOAD",
                "83 type 02 data c0 ROOT|INVALID_PAYLOAD",
                "83 type 02 data 80 ROOT|INVALID_PAYLOAD",
                "83 type 02 data 90 ROOT|INVALID_PAYLOAD",
                "83 type 02 data 91c0 ROOT|INVALID_PAYLOAD",
                "83 type 02 data 91c3 ROOT|INVALID_PAYLOAD",
                "83 type 02 data 9191a161 ROOT|INVALID_PAYLOAD",
                "83 type 02 data 91c40161 ROOT|INVALID_PAYLOAD",
                "83 type 02 data 91a7636f6e6e656374 ROOT|RESERVED_EVENT_NAME",
                "83 type 02 data 91d907636f6e6e656374 ROOT|RESERVED_EVENT_NAME",
                "83 type 02 data 91ad31323334353637383930313233 ROOT|EVENT_NAME_TOO_LONG",
                "82 type 03 ROOT|INVALID_PAYLOAD",
                "83 type 03 data 80 ROOT|INVALID_PAYLOAD",
                "82 type 04 ROOT|INVALID_PAYLOAD",
                "83 type 04 data 90 ROOT|INVALID_PAYLOAD",
                "84 type 03 id ff data 90 ROOT|INVALID_ACK_ID",
                "84 type 03 id a131 data 90 ROOT|INVALID_ACK_ID",
                "84 type 03 id cb3ff0000000000000 data 90 ROOT|INVALID_ACK_ID",
                "84 type 03 id cf0020000000000000 data 90 ROOT|INVALID_ACK_ID",
                "84 type 03 id cfffffffffffffffff data 90 ROOT|INVALID_ACK_ID",
                "83 type 03 data 91c1 ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data ddffffffff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data dd7fffffff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91dcffff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91deffff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91df80000001 ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91dbffffffff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91da00ff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91d9ff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91c6ffffffff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91c5ffff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91c4ff ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91c9ffffffff00 ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91c8ffff00 ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 data 91c7ff00 ROOT|INVALID_MESSAGE_PACK",
                "83 type 03 ROOT data 91cb0000|INVALID_MESSAGE_PACK",
                "83 type 03 ROOT data 91ca0000|INVALID_MESSAGE_PACK",
                "83 type 03 ROOT data 91d70000000000|INVALID_MESSAGE_PACK",
                "83 type 03 ROOT data 91d800|INVALID_MESSAGE_PACK",
                "83 type 03 ROOT data 91d400|INVALID_MESSAGE_PACK",
                "83 type 03 ROOT data 91cf00|INVALID_MESSAGE_PACK",
                "83 type 03 data 91d6ff00000000 ROOT|UNKNOWN_EXTENSION",
                "83 type 03 data 91c70101aa ROOT|UNKNOWN_EXTENSION",
                "83 type 03 data 91d40100 ROOT|UNKNOWN_EXTENSION",
                "83 type 03 data 91a2c328 ROOT|INVALID_UTF8",
                "83 type 03 data 91a3eda080 ROOT|INVALID_UTF8",
                "83 type 03 data 9181a1ff01 ROOT|INVALID_UTF8",
                "83 type 03 data 91810102 ROOT|KEY_NOT_TEXT",
                "83 type 03 data 9181c0c0 ROOT|KEY_NOT_TEXT",
                "83 type 03 data 919191919190 ROOT|NESTING_TOO_DEEP",
                "83 type 03 data 9181a16181a16181a16181a16180 ROOT|NESTING_TOO_DEEP",
                "83 type 00 ROOT a16f 919191919190|NESTING_TOO_DEEP",
                "83 type 03 data 94c400c400c400c400 ROOT|TOO_MANY_ATTACHMENTS",
                "83 type 03 data 93c400c7000091c400 ROOT a16f c400|INVALID_MESSAGE_PACK",
                "84 type 03 data 93c400c7000091c400 ROOT a16f c400|TOO_MANY_ATTACHMENTS",
                "83 type 03 data 91c40b0000000000000000000000 ROOT|ATTACHMENTS_TOO_LARGE",
                "83 type 03 data 92c4060000000000009181a161c7050000000000000000 ROOT|ATTACHMENTS_TOO_LARGE"
            })
    void refusesEachFaultByItsName(String sample, ProtocolError error) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> binary(sample))
                .withMessage(error.reason())
                .extracting(ProtocolException::error)
                .isEqualTo(error);
        assertThat(assembler.pending()).isFalse();
    }

    @Test
    void refusesText() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> assembler.text(new byte[] {'0'}, 0, 1))
                .extracting(ProtocolException::error)
                .isEqualTo(ProtocolError.UNEXPECTED_TEXT);
    }

    @Test
    void refusesEveryPacketThatIsCutOff() {
        byte[] whole = bytes("85 type 02 data 93a568656c6c6f0181a16192c3c0 a16f cb3ff8000000000000 id cc07 ROOT");

        assertThat(assembler.binary(whole)).isInstanceOf(Packet.Event.class);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(ProtocolException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> assembler.binary(cut))
                    .extracting(ProtocolException::error)
                    .isEqualTo(ProtocolError.INVALID_MESSAGE_PACK);
        }
    }

    /** Recorded from socket.io-msgpack-parser 3.0.2. */
    @Test
    void readsWhatTheReferenceWrites() {
        assertThat(binary("83a47479706500a464617461d40000a36e7370a12f")).isEqualTo(new Packet.Connect("/", null));
        assertThat(binary("82a47479706501a36e7370a52f63686174")).isEqualTo(new Packet.Disconnect("/chat"));
        Packet.Connect connect =
                (Packet.Connect) binary("83a47479706500a46461746181a5746f6b656ea178a36e7370a62f61646d696e");
        assertThat(connect.namespace()).isEqualTo("/admin");
        assertThat(connect.auth().values()).containsExactly(Map.of("token", "x"));
        Packet.Event event = (Packet.Event)
                binary("85a47479706502a46461746193a568656c6c6f0181a16192c3c0a76f7074696f6e7381a8636f6d7072657373c3"
                        + "a2696407a36e7370a12f");
        assertThat(event.name()).isEqualTo("hello");
        assertThat(event.ackId()).isEqualTo(7);
        assertThat(event.args().values()).containsExactly(1, Map.of("a", Arrays.asList(true, null)));
        Packet.Ack ack = (Packet.Ack) binary("84a2696407a47479706503a46461746191a26f6ba36e7370a12f");
        assertThat(ack.ackId()).isEqualTo(7);
        assertThat(ack.args().values()).containsExactly("ok");
        Packet.ConnectError error =
                (Packet.ConnectError) binary("83a47479706504a46461746181a76d657373616765a26e6fa36e7370a12f");
        assertThat(error.reason().values()).containsExactly(Map.of("message", "no"));
    }

    /** Recorded as well: a Buffer, an ArrayBuffer, a Date, undefined. */
    @Test
    void readsTheTypesOfJavaScript() {
        Packet.Event event = (Packet.Event)
                binary("83a47479706502a46461746195a162c403010203c702000405d7000000018bcfe5687b" + "d40000a36e7370a12f");

        assertThat(event.args().values())
                .usingRecursiveComparison()
                .isEqualTo(Arrays.asList(
                        new byte[] {1, 2, 3}, new byte[] {4, 5}, Instant.parse("2023-11-14T22:13:20.123Z"), null));
    }

    @Test
    void takesNilAndUndefinedForAbsentKeys() {
        Packet none = new Packet.Connect("/", null);

        assertThat(binary("82 type 00 ROOT")).isEqualTo(none);
        assertThat(binary("83 type 00 data c0 ROOT")).isEqualTo(none);
        assertThat(binary("83 type 00 id c0 ROOT")).isEqualTo(none);
        assertThat(binary("83 type 01 data c0 ROOT")).isEqualTo(new Packet.Disconnect("/"));
        assertThat(binary("83 type 01 data d40000 ROOT")).isEqualTo(new Packet.Disconnect("/"));
        assertThat(((Packet.Ack) binary("84 type 03 id d40000 data 90 ROOT")).ackId())
                .isEqualTo(Packet.NO_ACK_ID);
    }

    @Test
    void takesTheGreatestIdThatADoubleHolds() {
        assertThat(((Packet.Ack) binary("84 type 03 id cf001fffffffffffff data 90 ROOT")).ackId())
                .isEqualTo((1L << 53) - 1);
    }

    @Test
    void takesANumberForTheNameOfAnEvent() {
        assertThat(((Packet.Event) binary("83 type 02 data 9211c0 ROOT")).name())
                .isEqualTo("17");
        assertThat(((Packet.Event) binary("83 type 02 data 91cfffffffffffffffff ROOT")).name())
                .isEqualTo("18446744073709551615");
        assertThat(((Packet.Event) binary("83 type 02 data 91cb3ff8000000000000 ROOT")).name())
                .isEqualTo("1.5");
    }

    @Test
    void readsPacketsAtTheirLimits() {
        assertThat(((Packet.Ack) binary("83 type 03 data 9191919190 ROOT"))
                        .args()
                        .values())
                .containsExactly(List.of(List.of(List.of(List.of()))));
        assertThat(binary("83 type 03 data 93c40600000000000091c400c7040000000000 ROOT"))
                .isInstanceOf(Packet.Ack.class);
        assertThat(binary("82 type 00 nsp a82f31323334353637").namespace()).isEqualTo("/1234567");
        assertThat(((Packet.Event) binary("83 type 02 data 91ac313233343536373839303132 ROOT")).name())
                .hasSize(12);
    }

    @Test
    void readsAsManyArgumentsAsThereAre() {
        byte[] packet = bytes("83 type 03 ROOT data dd000186a0" + "01".repeat(100_000));

        assertThat(((Packet.Ack) assembler.binary(packet)).args().size()).isEqualTo(100_000);
    }

    private Packet binary(String sample) {
        Packet packet = assembler.binary(bytes(sample));
        assertThat(packet).isNotNull();
        return packet;
    }

    private static byte[] bytes(String sample) {
        StringBuilder hex = new StringBuilder();
        for (String word : sample.split(" ", -1)) {
            hex.append(WORDS.getOrDefault(word, word));
        }
        return HexFormat.of().parseHex(hex);
    }
}
