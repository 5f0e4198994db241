// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EnginePayloadTest {
    @Test
    void splitsABodyAtTheSeparators() {
        List<EnginePacket> packets = EnginePayload.decode(utf8("42[\"é\"]\u001e2\u001e3probe\u001ebBAD/"));

        assertThat(packets)
                .extracting(EnginePacket::type)
                .containsExactly(
                        EnginePacketType.MESSAGE,
                        EnginePacketType.PING,
                        EnginePacketType.PONG,
                        EnginePacketType.MESSAGE);
        assertThat(packets.get(0).text()).isEqualTo("2[\"é\"]");
        assertThat(packets.get(1).length()).isZero();
        assertThat(packets.get(2).text()).isEqualTo("probe");
        assertThat(packets.get(3).binary()).isTrue();
        assertThat(packets.get(3).bytes()).containsExactly(4, 0, -1);
    }

    @Test
    void takesNoTypeDigitFromBinaryData() {
        EnginePacket packet = EnginePayload.decodeText(utf8("b4444"));

        assertThat(packet.binary()).isTrue();
        assertThat(packet.bytes()).hasSize(3);
    }

    @Test
    void takesAnEmptyBinaryMessage() {
        assertThat(EnginePayload.decodeText(utf8("b")).bytes()).isEmpty();
    }

    @Test
    void takesBase64InLinesAsTheJavaClientWritesIt() {
        assertThat(EnginePayload.decodeText(utf8("bAQID\nBAUG\n")).bytes()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(EnginePayload.decodeText(utf8("bAQ\r\n==\r\n")).bytes()).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "''|EMPTY_PACKET",
                "2~|EMPTY_PACKET",
                "~2|EMPTY_PACKET",
                "2~~2|EMPTY_PACKET",
                "7|UNKNOWN_ENGINE_PACKET_TYPE",
                "a|UNKNOWN_ENGINE_PACKET_TYPE",
                "B4AA=|UNKNOWN_ENGINE_PACKET_TYPE",
                "2~x|UNKNOWN_ENGINE_PACKET_TYPE",
                "b!|INVALID_BASE64",
                "bA|INVALID_BASE64",
                "bAA A|INVALID_BASE64",
                "bAA==AA==|INVALID_BASE64",
                "bAAA-|INVALID_BASE64",
                "b=|INVALID_BASE64",
                "4é~bé|INVALID_BASE64"
            })
    void refusesWhatIsNoPacket(String body, ProtocolError error) {
        byte[] bytes = utf8(body.equals("''") ? "" : body.replace('~', '\u001e'));

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> EnginePayload.decode(bytes))
                .extracting(ProtocolException::error)
                .isEqualTo(error);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> EnginePayload.decode(new byte[] {'4', (byte) 0xc3}))
                .extracting(ProtocolException::error)
                .isEqualTo(ProtocolError.INVALID_UTF8);
    }

    @Test
    void splitsManyPacketsInOneBody() {
        byte[] body = new byte[1_999_999];
        for (int index = 0; index < body.length; index++) {
            body[index] = (byte) (index % 2 == 0 ? '2' : 0x1e);
        }

        assertThat(EnginePayload.decode(body)).hasSize(1_000_000);
    }

    @Test
    void joinsPacketsAndTheirAttachments() {
        EncodedPacket binary = EncodedPacket.text(utf8("452-[]"), List.of(new byte[] {4}, new byte[0]));
        EncodedPacket ping = EncodedPacket.control(EnginePacketType.PING, "");

        byte[] body = EnginePayload.encode(List.of(ping, binary, EncodedPacket.binary(new byte[] {1, 2, 3}), ping));

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo("2\u001e452-[]\u001ebBA==\u001eb\u001ebAQID\u001e2");
        assertThat(EnginePayload.size(binary)).isEqualTo("452-[]~bBA==~b".length());
        assertThat(EnginePayload.encode(List.of())).isEmpty();
    }

    @Test
    void losesNothingOfABurst() {
        List<EncodedPacket> burst = Collections.nCopies(120, EncodedPacket.control(EnginePacketType.MESSAGE, "x"));

        assertThat(EnginePayload.decode(EnginePayload.encode(burst))).hasSize(120);
    }

    @ParameterizedTest
    @EnumSource
    void findsEachTypeByItsDigit(EnginePacketType type) {
        assertThat(EnginePacketType.ofCode(type.code())).isEqualTo(type);
        assertThat(type.code()).isEqualTo((byte)
                ('0' + Arrays.asList(EnginePacketType.values()).indexOf(type)));
    }

    @Test
    void writesTheHandshake() {
        OpenPacket open = new OpenPacket(
                "abc_-1", List.of("websocket"), Duration.ofSeconds(25), Duration.ofSeconds(20), 1_000_000);

        assertThat(new String(open.encode().head(), StandardCharsets.UTF_8))
                .isEqualTo("0{\"sid\":\"abc_-1\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
