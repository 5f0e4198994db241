// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonAssemblerTest {
    private static final ProtocolLimits LIMITS = new ProtocolLimits(3, 10, 5, 6, 8, 12);
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private final PacketAssembler assembler = new JsonFormat().newAssembler(LIMITS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "7|UNKNOWN_PACKET_TYPE",
                "a|UNKNOWN_PACKET_TYPE",
                "/|UNKNOWN_PACKET_TYPE",
                "[]|UNKNOWN_PACKET_TYPE",
                "0[]|INVALID_PAYLOAD",
                "0null|INVALID_PAYLOAD",
                "0\"a\"|INVALID_PAYLOAD",
                "0{]|INVALID_JSON",
                "1{}|INVALID_PAYLOAD",
                "1/a,[]|INVALID_PAYLOAD",
                "4[]|INVALID_PAYLOAD",
                "4\"a|INVALID_JSON",
                "2{}|INVALID_PAYLOAD",
                "2[]|INVALID_PAYLOAD",
                "2[null]|INVALID_PAYLOAD",
                "2[[\"a\"]]|INVALID_PAYLOAD",
                "2[true]|INVALID_PAYLOAD",
                "2 [\"a\"]|INVALID_PAYLOAD",
                "2-1[\"a\"]|INVALID_PAYLOAD",
                "2[\"a\"|INVALID_JSON",
                "2[\"a\"]]|INVALID_JSON",
                "2[\"a\",]|INVALID_JSON",
                "2[\"a\" 1]|INVALID_JSON",
                "2[\"connect\"]|RESERVED_EVENT_NAME",
                "2[\"d\\u0069sconnect\"]|EVENT_NAME_TOO_LONG",
                "2[\"connec\\u0074\"]|RESERVED_EVENT_NAME",
                "2[\"1234567890123\"]|EVENT_NAME_TOO_LONG",
                "3{}|INVALID_PAYLOAD",
                "31null|INVALID_PAYLOAD",
                "31[|INVALID_JSON",
                "29007199254740992[\"a\"]|INVALID_ACK_ID",
                "299999999999999999999[\"a\"]|INVALID_ACK_ID",
                "39007199254740992[]|INVALID_ACK_ID",
                "2/12345678,[\"a\"]|NAMESPACE_TOO_LONG",
                "0/12345678|NAMESPACE_TOO_LONG",
                "2[\"a\",[[[[[1]]]]]]|NESTING_TOO_DEEP",
                "2[\"a\",1234567]|NUMBER_TOO_LONG",
                "5[\"a\"]|INVALID_ATTACHMENT_COUNT",
                "5-[\"a\"]|INVALID_ATTACHMENT_COUNT",
                "50-[\"a\"]|INVALID_ATTACHMENT_COUNT",
                "5-1-[\"a\"]|INVALID_ATTACHMENT_COUNT",
                "51[\"a\"]|INVALID_ATTACHMENT_COUNT",
                "51|INVALID_ATTACHMENT_COUNT",
                "51.0-[\"a\"]|INVALID_ATTACHMENT_COUNT",
                "54-[\"a\"]|TOO_MANY_ATTACHMENTS",
                "599999999999999999999-[\"a\"]|TOO_MANY_ATTACHMENTS",
                "51-[\"a\",{\"_placeholder\":true}]|ILLEGAL_ATTACHMENT",
                "51-[\"a\",{\"_placeholder\":true,\"num\":1}]|ILLEGAL_ATTACHMENT",
                "51-[\"a\",{\"_placeholder\":true,\"num\":-1}]|ILLEGAL_ATTACHMENT",
                "51-[\"a\",{\"_placeholder\":true,\"num\":0.0}]|ILLEGAL_ATTACHMENT",
                "51-[\"a\",{\"_placeholder\":true,\"num\":0e0}]|ILLEGAL_ATTACHMENT",
                "51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]|ILLEGAL_ATTACHMENT",
                "51-[\"a\",{\"_placeholder\":true,\"num\":null}]|ILLEGAL_ATTACHMENT",
                "51-[\"a\",[{\"_placeholder\":true,\"num\":0},{\"num\":0,\"_placeholder\":true}]]|ILLEGAL_ATTACHMENT",
                "52-[\"a\",{\"x\":{\"_placeholder\":true,\"num\":0},\"_placeholder\":true,\"num\":1}]|ILLEGAL_ATTACHMENT",
                "51-[{\"_placeholder\":true,\"num\":0}]|INVALID_PAYLOAD"
            })
    void refusesEachFaultByItsName(String text, ProtocolError error) {
        refuses(text, error);
        assertThat(assembler.pending()).isFalse();
    }

    @Test
    void readsTheHeaderOfAnEvent() {
        Packet.Event event = (Packet.Event) text("2/chat,12[\"a\",1]");

        assertThat(event.namespace()).isEqualTo("/chat");
        assertThat(event.ackId()).isEqualTo(12);
        assertThat(event.name()).isEqualTo("a");
        assertThat(event.args().size()).isEqualTo(1);
    }

    @Test
    void startsAtTheOffset() {
        byte[] frame = utf8("42[\"a\"]xx");

        assertThat(((Packet.Event) assembler.text(frame, 1, frame.length - 3)).name())
                .isEqualTo("a");
    }

    @Test
    void takesTheGreatestIdThatADoubleHolds() {
        assertThat(((Packet.Event) text("29007199254740991[\"a\"]")).ackId()).isEqualTo((1L << 53) - 1);
    }

    @Test
    void keepsTheQueryOfANamespaceInItsName() {
        assertThat(text("0/c?x=1&y")).isEqualTo(new Packet.Connect("/c?x=1&y", null));
    }

    @Test
    void readsTheCredentialsOfAConnection() {
        Packet.Connect connect = (Packet.Connect) text("0/a,{\"t\":\"x\"}");

        assertThat(connect.namespace()).isEqualTo("/a");
        assertThat(connect.auth().values()).containsExactly(Map.of("t", "x"));
        assertThat(((Packet.Connect) text("0")).auth()).isNull();
    }

    @Test
    void toleratesAnEventWithoutPayload() {
        Packet.Event event = (Packet.Event) text("212");

        assertThat(event.ackId()).isEqualTo(12);
        assertThat(event.name()).isEmpty();
        assertThat(event.args().size()).isZero();
        assertThat(event.args().values()).isEmpty();
    }

    @Test
    void toleratesAnAcknowledgementWithoutPayloadOrId() {
        assertThat(((Packet.Ack) text("37")).args().size()).isZero();
        assertThat(((Packet.Ack) text("3[]")).ackId()).isEqualTo(Packet.NO_ACK_ID);
    }

    @Test
    void takesANumberForTheNameOfAnEvent() {
        assertThat(((Packet.Event) text("2[17,1]")).name()).isEqualTo("17");
    }

    @Test
    void putsAttachmentsInTheirPlaces() {
        assertThat(text("52-[\"a\",{\"x\":[{\"num\":1,\"_placeholder\":true}]}," + PLACEHOLDER + "]"))
                .isNull();
        assertThat(assembler.pending()).isTrue();
        assertThat(assembler.binary(new byte[] {1})).isNull();
        Packet.Event event = (Packet.Event) assembler.binary(new byte[] {2, 3});

        assertThat(assembler.pending()).isFalse();
        assertThat(event.args().get(1, byte[].class)).containsExactly(1);
        assertThat(event.args().get(0, Nested.class).x().get(0)).containsExactly(2, 3);
    }

    public record Nested(List<byte[]> x) {}

    @Test
    void leavesObjectsThatLookLikePlaceholdersAloneInText() {
        Packet.Event event = (Packet.Event) text("2[\"a\"," + PLACEHOLDER + "]");

        assertThat(event.args().values()).containsExactly(Map.of("_placeholder", true, "num", 0));
    }

    @Test
    void refusesTextWhileAttachmentsAreDue() {
        text("51-[\"a\"," + PLACEHOLDER + "]");

        refuses("2[\"a\"]", ProtocolError.ATTACHMENT_EXPECTED);
        assertThat(assembler.pending()).isFalse();
    }

    @Test
    void refusesBinaryDataThatNoPacketAskedFor() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> assembler.binary(new byte[1]))
                .extracting(ProtocolException::error)
                .isEqualTo(ProtocolError.UNEXPECTED_BINARY);
    }

    @Test
    void boundsTheBytesOfAllAttachmentsTogether() {
        text("52-[\"a\"]");
        assembler.binary(new byte[10]);

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> assembler.binary(new byte[1]))
                .extracting(ProtocolException::error)
                .isEqualTo(ProtocolError.ATTACHMENTS_TOO_LARGE);
        assertThat(assembler.pending()).isFalse();

        text("51-[\"a\"]");
        assertThat(assembler.binary(new byte[10])).isNotNull();
    }

    private @Nullable Packet text(String text) {
        byte[] bytes = utf8(text);
        return assembler.text(bytes, 0, bytes.length);
    }

    private void refuses(String text, ProtocolError error) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> text(text))
                .withMessage(error.reason())
                .extracting(ProtocolException::error)
                .isEqualTo(error);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
