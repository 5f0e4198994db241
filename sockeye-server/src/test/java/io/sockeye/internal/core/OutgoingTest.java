// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.Args;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.WireFormat;
import io.sockeye.spi.Message;
import io.sockeye.testing.BinaryJsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OutgoingTest {
    private final WireFormat json = new JsonFormat();
    private final WireFormat binary = new BinaryJsonFormat();
    private final WireFormats both = new WireFormats(List.of(json, binary));

    private static Outgoing outgoing(WireFormats formats, Object... arguments) {
        return Outgoing.of(formats, "/chat", 7, new Message("x", Args.of(arguments)), true);
    }

    private static EncodedPacket in(Outgoing outgoing, WireFormat format) {
        return Objects.requireNonNull(outgoing.in(format));
    }

    private static String text(EncodedPacket packet) {
        return packet.text() ? new String(packet.head(), StandardCharsets.UTF_8) : BinaryJsonFormat.text(packet.head());
    }

    @Test
    void eachFormatIsWrittenOnce() {
        Outgoing outgoing = outgoing(both, 1);
        assertThat(text(in(outgoing, json))).isEqualTo("42/chat,7[\"x\",1]");
        assertThat(in(outgoing, json)).isSameAs(in(outgoing, json));
        assertThat(in(outgoing, binary)).isSameAs(in(outgoing, binary));
    }

    @Test
    void formatsInUseAreWrittenAtOnceSoThatLaterChangesAreNotSeen() {
        both.count(binary, 1);
        List<Object> value = new ArrayList<>(List.of(1));
        Outgoing outgoing = outgoing(both, value);
        value.add(2);
        assertThat(text(in(outgoing, json))).isEqualTo("42/chat,7[\"x\",[1]]");
        assertThat(text(in(outgoing, binary))).isEqualTo("2/chat,7[\"x\",[1]]");
    }

    @Test
    void aLateFormatIsReadBackFromTheFirst() {
        List<Object> value = new ArrayList<>(List.of(1));
        Outgoing outgoing = outgoing(both, value, new byte[] {4, 5}, "z");
        value.add(2);
        EncodedPacket late = in(outgoing, binary);
        assertThat(text(late)).isEqualTo("51-/chat,7[\"x\",[1],{\"_placeholder\":true,\"num\":0},\"z\"]");
        assertThat(late.head()).endsWith(0, 0, 0, 2, 4, 5);
    }

    @Test
    void aLateTextFormatIsReadBackFromABinaryOne() {
        Outgoing outgoing = outgoing(new WireFormats(List.of(binary, json)), new byte[] {4, 5});
        EncodedPacket late = in(outgoing, json);
        assertThat(text(late)).isEqualTo("451-/chat,7[\"x\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(late.attachments()).containsExactly(new byte[] {4, 5});
    }

    @Test
    void noFormatIsCompressedWhereThatIsNotWanted() {
        Message message = new Message("x", Args.of());
        Outgoing outgoing = Outgoing.of(both, "/", Packet.NO_ACK_ID, message, false);
        assertThat(in(outgoing, json).compressible()).isFalse();
        assertThat(in(outgoing, binary).compressible()).isFalse();
        assertThat(in(outgoing(both), binary).compressible()).isTrue();
    }

    @Test
    void aLateFormatThatCannotWriteItGetsNothing() {
        Message message = new Message("unwritable", Args.of());
        Outgoing outgoing = Outgoing.of(both, "/", Packet.NO_ACK_ID, message, true);
        assertThat(outgoing.in(binary)).isNull();
        assertThat(outgoing.in(json)).isNotNull();
    }

    @Test
    void aFormatInUseThatCannotWriteItIsTheErrorOfTheSender() {
        both.count(binary, 1);
        Message message = new Message("unwritable", Args.of());
        assertThatThrownBy(() -> Outgoing.of(both, "/", Packet.NO_ACK_ID, message, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFormatOfAnotherServerIsRefused() {
        Outgoing outgoing = outgoing(both);
        assertThatThrownBy(() -> outgoing.in(new JsonFormat()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format of this server");
    }
}
