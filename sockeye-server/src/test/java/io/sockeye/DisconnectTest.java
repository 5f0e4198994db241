// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.SendResult;
import io.sockeye.api.Socket;
import io.sockeye.testing.PollingEngineClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisconnectTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> reasons = new ConcurrentLinkedQueue<>();
    private Sockeye server;

    private void start(SockeyeBuilder options) {
        server = running.start(options, s -> {
            s.namespace("/")
                    .on("bye", Void.class, (socket, nothing) -> socket.disconnect())
                    .on("all", Void.class, (socket, nothing) -> socket.disconnectAll())
                    .on("hi", Void.class, (socket, nothing) -> socket.emit("hi"))
                    .onDisconnect((socket, reason) -> reasons.add(reason.text()));
            s.namespace("/chat").onDisconnect((socket, reason) -> reasons.add("/chat " + reason.text()));
        });
    }

    private void expectReasons(String... expected) {
        await().untilAsserted(() -> assertThat(reasons).containsExactly(expected));
        assertThat(server.namespace("/").sockets()).isEmpty();
    }

    @Test
    void aSocketThatTheServerEndsIsToldAndTheConnectionGoesOn() throws Exception {
        start(Sockeye.builder());
        SocketIoClient client = running.connect().send("2['bye']").expect("1");
        expectReasons("server namespace disconnect");
        client.join("/chat");
    }

    @Test
    void disconnectAllEndsEveryNamespaceAndTheConnection() throws Exception {
        start(Sockeye.builder());
        SocketIoClient client = running.connect().join("/chat").send("2['all']").expect("1", "1/chat,");
        assertThat(client.ended()).isTrue();
        await().untilAsserted(() -> assertThat(reasons)
                .containsExactlyInAnyOrder("server namespace disconnect", "/chat server namespace disconnect"));
    }

    @Test
    void disconnectAllOverLongPollingTellsBeforeItCloses() throws Exception {
        start(Sockeye.builder());
        SocketIoClient client = running.connectPolling().send("2['all']").expect("1");
        assertThat(client.ended()).isTrue();
        expectReasons("server namespace disconnect");
    }

    @Test
    void aClientLeavesItsNamespace() throws Exception {
        start(Sockeye.builder());
        running.connect().send("1");
        expectReasons("client namespace disconnect");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientClosesItsTransport(boolean polling) throws Exception {
        start(Sockeye.builder());
        SocketIoClient client = polling ? running.connectPolling() : running.connect();
        client.leave();
        expectReasons("transport close");
    }

    @Test
    void aWebSocketThatBreaksOff() throws Exception {
        start(Sockeye.builder());
        running.connect().close();
        expectReasons("transport close");
    }

    @Test
    void aPollThatIsBrokenOff() throws Exception {
        start(Sockeye.builder());
        SocketIoClient client = running.connectPolling();
        ((PollingEngineClient) client.engine()).poll();
        client.close();
        expectReasons("transport error");
    }

    @Test
    void aMessageOverTheLimit() throws Exception {
        start(Sockeye.builder().maxHttpBufferSize(1_000));
        running.connect().send("2['hi','" + "x".repeat(1_000) + "']");
        expectReasons("transport error");
    }

    @Test
    void aPingInTheWrongDirection() throws Exception {
        start(Sockeye.builder());
        running.connect().engine().send("2");
        expectReasons("transport error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "x", "b?"})
    void whatIsNoEnginePacket(String packet) throws Exception {
        start(Sockeye.builder());
        running.connect().engine().send(packet);
        expectReasons("parse error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "2{", "2{}", "2[1", "51-['x',{'_placeholder':true,'num':1}]2", "2['disconnect']"})
    void whatIsNoSocketPacket(String packet) throws Exception {
        start(Sockeye.builder());
        SocketIoClient client = running.connect().send(packet);
        assertThat(client.ended()).isTrue();
        expectReasons("forced close");
    }

    @Test
    void aClientThatAnswersNoPing() throws Exception {
        start(Sockeye.builder().pingInterval(Duration.ofMillis(50)).pingTimeout(Duration.ofMillis(50)));
        running.connect();
        expectReasons("ping timeout");
    }

    @Test
    void aLongPollingClientThatNeverPollsAgain() throws Exception {
        start(Sockeye.builder().pingInterval(Duration.ofMillis(50)).pingTimeout(Duration.ofMillis(50)));
        running.connectPolling();
        expectReasons("ping timeout");
    }

    @Test
    void allNamespacesOfAConnectionEndWithIt() throws Exception {
        start(Sockeye.builder());
        running.connect().join("/chat").close();
        await().untilAsserted(() ->
                assertThat(reasons).containsExactlyInAnyOrder("transport close", "/chat transport close"));
    }

    @Test
    void eventsThatCameBeforeTheEndAreHandledBeforeIt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Queue<String> order = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/")
                .on("n", Integer.class, (socket, n) -> {
                    assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                    order.add("" + n);
                })
                .onDisconnect((socket, reason) -> order.add(reason.text())));
        running.connect().send("2['n',1]").send("2['n',2]").send("2['n',3]").send("1");
        release.countDown();
        await().untilAsserted(() -> assertThat(order).containsExactly("1", "2", "3", "client namespace disconnect"));
    }

    @Test
    void eventsOfASocketThatTheServerEndedAreVoid() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Queue<String> order = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/")
                .on("kick", Void.class, (socket, nothing) -> {
                    assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                    socket.disconnect();
                })
                .on("late", Void.class, (socket, nothing) -> order.add("late"))
                .onDisconnect((socket, reason) -> order.add(reason.text())));
        running.connect().send("2['kick']").send("2['late']").send("2['late']");
        release.countDown();
        await().untilAsserted(() -> assertThat(order).containsExactly("server namespace disconnect"));
    }

    @Test
    void nothingIsSentToASocketThatIsGoneAndTheEndComesOnce() throws Exception {
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        Queue<String> ends = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/")
                .onConnect(connected::complete)
                .onDisconnect((gone, reason) -> ends.add(reason.text()))
                .onDisconnect((gone, reason) -> ends.add("second handler")));
        SocketIoClient client = running.connect();
        Socket socket = connected.get(10, TimeUnit.SECONDS);
        socket.disconnect();
        socket.disconnect();
        assertThat(socket.connected()).isFalse();
        assertThat(socket.emit("late")).isEqualTo(SendResult.CLOSED);
        assertThat(socket.emitDroppable("late")).isEqualTo(SendResult.CLOSED);
        client.expect("1").close();
        socket.disconnectAll();
        await().untilAsserted(() -> assertThat(ends).containsExactly("server namespace disconnect", "second handler"));
    }

    @Test
    void aFailingDisconnectHandlerDoesNotStopTheNext() throws Exception {
        Queue<String> ends = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/")
                .onDisconnect((socket, reason) -> {
                    throw new IllegalStateException("broken");
                })
                .onDisconnect((socket, reason) -> ends.add(reason.text())));
        running.connect().leave();
        await().untilAsserted(() -> assertThat(ends).containsExactly("transport close"));
    }
}
