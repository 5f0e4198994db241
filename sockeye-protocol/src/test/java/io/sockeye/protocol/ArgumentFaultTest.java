// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.PayloadException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentFaultTest {
    @Test
    void binaryDataIsNoInstantInJson() {
        JsonFormat format = new JsonFormat();
        EncodedPacket sent = format.ack("/", 1, new byte[] {1});
        PacketAssembler assembler = format.newAssembler(ProtocolLimits.DEFAULTS);
        assembler.text(sent.head(), 1, sent.head().length - 1);
        assertRefused(assembler.binary(sent.attachments().get(0)), Instant.class, "it is binary data");
    }

    @Test
    void binaryDataIsNoInstantInMessagePack() {
        MessagePackFormat format = new MessagePackFormat();
        EncodedPacket sent = format.ack("/", 1, new byte[] {1});
        assertRefused(
                format.newAssembler(ProtocolLimits.DEFAULTS).binary(sent.head()), Instant.class, "it is binary data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e44444444444444444", "-1.5E+9999999999", "1e-44444444444444444"})
    void anExponentBeyondAllNumbersIsNoDecimalNumber(String number) {
        byte[] text = ("3[" + number + "]").getBytes(StandardCharsets.UTF_8);
        Packet packet = new JsonFormat().newAssembler(ProtocolLimits.DEFAULTS).text(text, 0, text.length);
        assertRefused(packet, BigDecimal.class, "out of range");
    }

    private static void assertRefused(Packet packet, Class<?> type, String fault) {
        assertThatThrownBy(() -> ((Packet.Ack) packet).args().get(0, type))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining(fault);
    }
}
