// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.testing.ChildJvm;
import io.sockeye.testing.RawWebSocketClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The native transports are optional for who assembles a class path. */
class AbsentTransportsTest {
    private static final String NATIVE = ".*netty-transport-(classes|native)-.*";

    @Test
    void aServerWithoutNativeTransportsTalksToItsClients() throws Exception {
        try (ChildJvm program = ChildJvm.with(entry -> !entry.matches(NATIVE), IdleServer.class)) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(program.read()));
            try (RawWebSocketClient client =
                    RawWebSocketClient.connect(address, "/socket.io/?EIO=4&transport=websocket")) {
                client.text("40");
                assertThat(client.read().text()).startsWith("0{");
                assertThat(client.read().text()).startsWith("40{");
            }
        }
    }
}
