// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.WebSocketEndpoint;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EndpointHeartbeatTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> closed = new ConcurrentLinkedQueue<>();
    private Sockeye server;

    private RawWebSocketClient connect(SockeyeBuilder options, Consumer<WebSocketEndpoint> settings) throws Exception {
        server = running.start(
                options,
                s -> settings.accept(
                        s.webSocket("/plain").onClose((socket, code, reason) -> closed.add(code + " " + reason))));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
        return running.closing(RawWebSocketClient.connect(address, "/plain"));
    }

    private static void awaitPing(RawWebSocketClient client) throws Exception {
        RawWebSocketClient.Frame ping = client.read();
        assertThat(ping.opcode()).isEqualTo(RawWebSocketClient.PING);
        assertThat(ping.flags()).isEqualTo(0x80);
        assertThat(ping.payload()).isEmpty();
    }

    @Test
    void aSilentClientIsPingedAtTheServersIntervalAndThenCut() throws Exception {
        RawWebSocketClient client =
                connect(Sockeye.builder().pingInterval(SHORT).pingTimeout(SHORT), endpoint -> {});
        awaitPing(client);
        assertThat(client.ended()).isTrue();
        await().untilAsserted(() -> assertThat(closed).containsExactly("1006 "));
        assertThat(server.connections().connections()).isZero();
    }

    @Test
    void aClientThatAnswersStays() throws Exception {
        RawWebSocketClient client = connect(Sockeye.builder(), endpoint -> endpoint.heartbeat(SHORT, LONG));
        awaitPing(client);
        client.send(RawWebSocketClient.frame(RawWebSocketClient.PONG, new byte[0]));
        assertThat(closed).isEmpty();
        assertThat(server.connections().connections()).isEqualTo(1);
    }

    @Test
    void pingsFollowEachOtherWhileTheClientAnswers() throws Exception {
        RawWebSocketClient client = connect(
                Sockeye.builder(), endpoint -> endpoint.heartbeat(Duration.ofMillis(40), Duration.ofMillis(400)));
        for (int i = 0; i < 4; i++) {
            awaitPing(client);
            client.send(RawWebSocketClient.frame(RawWebSocketClient.PONG, new byte[0]));
        }
        assertThat(closed).isEmpty();
    }

    @Test
    void anythingThatComesIsASignOfLife() throws Exception {
        RawWebSocketClient client = connect(
                Sockeye.builder(), endpoint -> endpoint.heartbeat(Duration.ofMillis(40), Duration.ofMillis(400)));
        awaitPing(client);
        client.send(new byte[] {(byte) 0x81});
        awaitPing(client);
        assertThat(closed).isEmpty();
    }

    @Test
    void aClientThatIsNotReadIsNotCut() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        RawWebSocketClient client = connect(
                Sockeye.builder().mailboxCapacity(1),
                endpoint -> endpoint.heartbeat(SHORT, SHORT).onText((socket, text) -> done.await()));
        for (int i = 0; i < 20; i++) {
            client.text("busy");
        }
        awaitPing(client);
        awaitPing(client);
        awaitPing(client);
        assertThat(closed).isEmpty();
        done.countDown();
    }

    @Test
    void anEndpointWithoutHeartbeatSendsNoPings() throws Exception {
        RawWebSocketClient client = connect(
                Sockeye.builder().pingInterval(SHORT).pingTimeout(SHORT),
                endpoint -> endpoint.withoutHeartbeat().idleTimeout(Duration.ofMillis(600)));
        RawWebSocketClient.Frame last = client.read();
        assertThat(last.opcode()).isEqualTo(RawWebSocketClient.CLOSE);
    }

    @Test
    void aClientThatSendsNoMessagesIsClosedAsIdleEvenIfItAnswersPings() throws Exception {
        RawWebSocketClient client = connect(
                Sockeye.builder(), endpoint -> endpoint.heartbeat(SHORT, LONG).idleTimeout(Duration.ofMillis(300)));
        awaitPing(client);
        client.send(RawWebSocketClient.frame(RawWebSocketClient.PONG, new byte[0]));
        RawWebSocketClient.Frame last = client.read();
        assertThat(last.closeCode()).isEqualTo(1001);
        assertThat(last.closeReason()).isEqualTo("Idle");
    }

    @Test
    void timesMustBePositive() {
        running.start(Sockeye.builder(), s -> {
            WebSocketEndpoint endpoint = s.webSocket("/plain");
            assertThatThrownBy(() -> endpoint.heartbeat(Duration.ZERO, SHORT))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> endpoint.idleTimeout(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }
}
