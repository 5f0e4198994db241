// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.PayloadException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BinaryArgumentTest {
    @Test
    void binaryDataIsNoInstantInJson() {
        JsonFormat format = new JsonFormat();
        EncodedPacket sent = format.ack("/", 1, new byte[] {1});
        PacketAssembler assembler = format.newAssembler(ProtocolLimits.DEFAULTS);
        assembler.text(sent.head(), 1, sent.head().length - 1);
        assertRefused(assembler.binary(sent.attachments().get(0)));
    }

    @Test
    void binaryDataIsNoInstantInMessagePack() {
        MessagePackFormat format = new MessagePackFormat();
        EncodedPacket sent = format.ack("/", 1, new byte[] {1});
        assertRefused(format.newAssembler(ProtocolLimits.DEFAULTS).binary(sent.head()));
    }

    private static void assertRefused(Packet packet) {
        assertThatThrownBy(() -> ((Packet.Ack) packet).args().get(0, Instant.class))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("binary data");
    }
}
