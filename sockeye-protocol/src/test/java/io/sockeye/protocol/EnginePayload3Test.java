// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnginePayload3Test {
    /* What the reference implementation writes for the packets below. */
    private static final String RECORDED_TEXT = "12:0{\"sid\":\"x\"}10:42[\"é€😀\"]1:6";
    private static final String RECORDED_BASE64 = "12:0{\"sid\":\"x\"}10:42[\"é€😀\"]10:b4AQID/w==2:b41:6";
    private static final String RECORDED_BINARY =
            "000102ff307b22736964223a2278227d000105ff34325b22c3a9e282acf09f9880225d0105ff04010203ff0101ff040001ff36";

    private static final EncodedPacket OPEN = EncodedPacket.control(EnginePacketType.OPEN, "{\"sid\":\"x\"}");
    private static final EncodedPacket EVENT = EncodedPacket.text(utf8("42[\"é€😀\"]"), List.of());
    private static final EncodedPacket NOOP = EncodedPacket.control(EnginePacketType.NOOP, "");
    private static final List<EncodedPacket> TEXT = List.of(OPEN, EVENT, NOOP);
    private static final List<EncodedPacket> MIXED = List.of(
            OPEN,
            EncodedPacket.text(EVENT.head(), List.of(new byte[] {1, 2, 3, -1})),
            EncodedPacket.binary(new byte[0]),
            NOOP);

    @Test
    void writesWhatTheReferenceWrites() {
        assertThat(text(EnginePayload3.encodeText(TEXT))).isEqualTo(RECORDED_TEXT);
        assertThat(text(EnginePayload3.encodeText(MIXED))).isEqualTo(RECORDED_BASE64);
        assertThat(HexFormat.of().formatHex(EnginePayload3.encodeBinary(MIXED))).isEqualTo(RECORDED_BINARY);
        assertThat(EnginePayload3.holdBinary(TEXT)).isFalse();
        assertThat(EnginePayload3.holdBinary(MIXED)).isTrue();
    }

    @Test
    void readsWhatTheReferenceWrites() {
        assertMixed(EnginePayload3.decodeText(utf8(RECORDED_BASE64)));
        assertMixed(EnginePayload3.decodeBinary(HexFormat.of().parseHex(RECORDED_BINARY)));
    }

    private static void assertMixed(List<EnginePacket> packets) {
        assertThat(packets)
                .extracting(EnginePacket::type)
                .containsExactly(
                        EnginePacketType.OPEN,
                        EnginePacketType.MESSAGE,
                        EnginePacketType.MESSAGE,
                        EnginePacketType.MESSAGE,
                        EnginePacketType.NOOP);
        assertThat(packets).extracting(EnginePacket::binary).containsExactly(false, false, true, true, false);
        assertThat(packets.get(1).text()).isEqualTo("2[\"é€😀\"]");
        assertThat(packets.get(2).bytes()).containsExactly(1, 2, 3, -1);
        assertThat(packets.get(3).bytes()).isEmpty();
    }

    @Test
    void countsCodeUnitsInTextAndBytesInBinary() {
        assertThat(EnginePayload3.decodeText(utf8("3:4😀2:4é")))
                .extracting(EnginePacket::text)
                .containsExactly("😀", "é");
        assertThat(EnginePayload3.decodeBinary(new byte[] {0, 3, -1, '4', (byte) 0xc3, (byte) 0xa9}))
                .extracting(EnginePacket::text)
                .containsExactly("é");
    }

    @Test
    void takesOnlyOneTypeDigitFromBase64() {
        assertThat(EnginePayload3.decodeTextMessage(utf8("b44444")).bytes()).hasSize(3);
        assertThat(EnginePayload3.decodeText(utf8("6:b44444")).get(0).bytes()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "''|EMPTY_PACKET",
                "4x|INVALID_LENGTH",
                ":4x|INVALID_LENGTH",
                "0:|INVALID_LENGTH",
                "0:1:6|INVALID_LENGTH",
                "1:|INVALID_LENGTH",
                "-1:6|INVALID_LENGTH",
                "+1:6|INVALID_LENGTH",
                "1.0:6|INVALID_LENGTH",
                "3:42|INVALID_LENGTH",
                "1:62:4|INVALID_LENGTH",
                "1:61|INVALID_LENGTH",
                "2:4😀|INVALID_LENGTH",
                "2147483648:6|INVALID_LENGTH",
                "4294967297:6|INVALID_LENGTH",
                "00000000001:6|INVALID_LENGTH",
                "1:7|UNKNOWN_ENGINE_PACKET_TYPE",
                "1:b|UNKNOWN_ENGINE_PACKET_TYPE",
                "2:b2|UNKNOWN_ENGINE_PACKET_TYPE",
                "3:b4!|INVALID_BASE64"
            })
    void refusesTextThatIsNoPayload(String body, ProtocolError error) {
        byte[] bytes = utf8(body.equals("''") ? "" : body);

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> EnginePayload3.decodeText(bytes))
                .extracting(ProtocolException::error)
                .isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({
        "'',EMPTY_PACKET",
        "00,INVALID_LENGTH",
        "0001,INVALID_LENGTH",
        "00ff,INVALID_LENGTH",
        "0000ff,INVALID_LENGTH",
        "0001ff,INVALID_LENGTH",
        "0002ff36,INVALID_LENGTH",
        "00010aff36,INVALID_LENGTH",
        "0031ff36,INVALID_LENGTH",
        "000000000000000000000001ff36,INVALID_LENGTH",
        "0009090909090909090909ff36,INVALID_LENGTH",
        "0001ff3600,INVALID_LENGTH",
        "0201ff36,UNKNOWN_ENGINE_PACKET_TYPE",
        "0001ff37,UNKNOWN_ENGINE_PACKET_TYPE",
        "0101ff34,UNKNOWN_ENGINE_PACKET_TYPE",
        "0002ff34c3,INVALID_UTF8",
        "0002ff6234,"
    })
    void refusesBytesThatAreNoPayload(String hex, ProtocolError error) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (error == null) {
            assertThat(EnginePayload3.decodeBinary(bytes).get(0).bytes()).isEmpty();
            return;
        }

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> EnginePayload3.decodeBinary(bytes))
                .extracting(ProtocolException::error)
                .isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "02", "34"})
    void refusesBinaryMessagesOfOtherTypes(String hex) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(
                        () -> EnginePayload3.decodeBinaryMessage(HexFormat.of().parseHex(hex)));
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> EnginePayload3.decodeText(new byte[] {'2', ':', '4', (byte) 0xc3}))
                .extracting(ProtocolException::error)
                .isEqualTo(ProtocolError.INVALID_UTF8);
    }

    @Test
    void splitsManyPacketsInOneBody() {
        assertThat(EnginePayload3.decodeText(utf8("1:2".repeat(300_000)))).hasSize(300_000);
        assertThat(EnginePayload3.decodeBinary(utf8("\0\1~2".repeat(300_000), '~', 0xff)))
                .hasSize(300_000);
    }

    @Test
    void saysHowMuchAPacketTakesAtMost() {
        for (int length : new int[] {0, 1, 8, 9, 10, 98, 99, 100, 1_000}) {
            EncodedPacket packet =
                    EncodedPacket.text(utf8("4" + "é".repeat(length)), Collections.nCopies(2, new byte[length]));

            assertThat(EnginePayload3.encodeBinary(List.of(packet))).hasSize(EnginePayload3.size(packet, false));
            assertThat(EnginePayload3.encodeText(List.of(packet)))
                    .hasSizeLessThanOrEqualTo(EnginePayload3.size(packet, true));
        }
    }

    @Test
    void writesBinaryMessagesForClientsThatTakeOnlyText() {
        assertThat(text(EnginePayload3.encodeBase64(new byte[] {1, 2, 3}))).isEqualTo("b4AQID");
        assertThat(text(EnginePayload.encodeBase64(new byte[] {1, 2, 3}))).isEqualTo("bAQID");
    }

    @Test
    void typesTheBinaryPartsOfAPacketOnce() {
        EncodedPacket mixed = MIXED.get(1);

        assertThat(EVENT.forVersion3()).isSameAs(EVENT);
        assertThat(mixed.forVersion3()).isSameAs(mixed.forVersion3());
        assertThat(mixed.forVersion3().head()).isSameAs(mixed.head());
        assertThat(mixed.forVersion3().attachments()).containsExactly(new byte[] {4, 1, 2, 3, -1});
        assertThat(EncodedPacket.binary(new byte[] {7}).forVersion3().head()).containsExactly(4, 7);
        assertThat(mixed.attachments()).containsExactly(new byte[] {1, 2, 3, -1});
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text, char replaced, int value) {
        byte[] bytes = utf8(text);
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = bytes[index] == (byte) replaced ? (byte) value : bytes[index];
        }
        return bytes;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
