// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodedPacketTest {
    @Test
    void countsAllItsBytes() {
        EncodedPacket packet = EncodedPacket.text(new byte[] {'4', '5'}, List.of(new byte[3], new byte[4]));

        assertThat(packet.bytes()).isEqualTo(9);
    }

    @Test
    void isNotChangedThroughTheListOfAttachments() {
        List<byte[]> attachments = new ArrayList<>(List.of(new byte[1]));
        EncodedPacket packet = EncodedPacket.text(new byte[1], attachments);

        attachments.clear();

        assertThat(packet.attachments()).hasSize(1);
    }

    @Test
    void showsWhatItIs() {
        assertThat(EncodedPacket.control(EnginePacketType.PONG, "probe")).hasToString("EncodedPacket[3probe]");
        assertThat(EncodedPacket.binary(new byte[5])).hasToString("EncodedPacket[5 bytes]");
        assertThat(EncodedPacket.text(new byte[] {'4'}, List.of(new byte[1]))).hasToString("EncodedPacket[4 +1]");
    }

    @Test
    void limitsSayWhatTheyExpect() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProtocolLimits(10, 1000, 1001, 10, 10, 10))
                .withMessage("maxDepth must be between 1 and 1000, but is 1001");
    }
}
