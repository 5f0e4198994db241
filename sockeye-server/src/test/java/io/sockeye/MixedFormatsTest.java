// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.protocol.JsonFormat;
import io.sockeye.testing.BinaryJsonFormat;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients of two formats on one server. */
class MixedFormatsTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Sockeye server;
    private SocketIoClient ada;
    private SocketIoClient bob;

    /** Ada speaks JSON, Bob the other format; both are in the room. */
    private void start() throws Exception {
        server = running.start(
                Sockeye.builder().wireFormats(new JsonFormat(), new BinaryJsonFormat()),
                s -> s.namespace("/")
                        .onConnect(socket -> {
                            socket.join("room");
                            socket.emit("in");
                        })
                        .on(
                                "say",
                                String.class,
                                (socket, text) -> socket.namespace().to("room").emit("said", text)));
        ada = running.connect().expect("2['in']");
        bob = running.open().sendBinary(BinaryJsonFormat.message("0"));
        assertThat(BinaryJsonFormat.text(bob.nextBinary())).startsWith("0{\"sid\":");
        assertThat(BinaryJsonFormat.text(bob.nextBinary())).isEqualTo("2[\"in\"]");
    }

    @Test
    void aRoomHoldsClientsOfBoth() throws Exception {
        start();
        ada.send("2['say','a']").expect("2['said','a']");
        assertThat(BinaryJsonFormat.text(bob.nextBinary())).isEqualTo("2[\"said\",\"a\"]");
        bob.sendBinary(BinaryJsonFormat.message("2['say','b']"));
        assertThat(BinaryJsonFormat.text(bob.nextBinary())).isEqualTo("2[\"said\",\"b\"]");
        ada.expect("2['said','b']");
    }

    @Test
    void bytesComeInTheFormOfEach() throws Exception {
        start();
        server.namespace("/").to("room").emit("file", (Object) new byte[] {1, 2});
        assertThat(ada.expect("51-['file',{'_placeholder':true,'num':0}]").nextBinary())
                .containsExactly(1, 2);
        assertThat(bob.nextBinary()).endsWith(0, 0, 0, 2, 1, 2);
    }

    @Test
    void bothAreAskedAndAnswer() throws Exception {
        start();
        var replies = server.namespace("/").to("room").request("q", String.class, Duration.ofSeconds(10));
        ada.expect("20['q']").send("30['ada']");
        assertThat(BinaryJsonFormat.text(bob.nextBinary())).isEqualTo("20[\"q\"]");
        bob.sendBinary(BinaryJsonFormat.message("30['bob']"));
        assertThat(replies.get(10, TimeUnit.SECONDS).values()).containsExactlyInAnyOrder("ada", "bob");
    }
}
