// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    @Test
    void aClientJoinsTheMainNamespaceWithoutAnyDeclaration() throws Exception {
        Sockeye server = running.start(s -> {});
        SocketIoClient client = running.connect();
        assertThat(server.namespace("/").sockets()).extracting(Socket::id).containsExactly(client.id());
    }

    @Test
    void socketIdAndSessionIdAreDifferentSecrets() throws Exception {
        running.start(s -> {});
        SocketIoClient client = running.connect();
        assertThat(client.id()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(client.openPacket()).doesNotContain(client.id());
    }

    @Test
    void theSessionIdIsNotTakenFromACookieOrTheQuery() throws Exception {
        running.start(s -> {});
        SocketIoClient client = running.open("&io=mine", "Cookie: io=mine; sid=mine");
        assertThat(client.openPacket()).doesNotContain("mine");
        assertThat(client.join("/").id()).isNotEqualTo("mine");
    }

    @Test
    void oneConnectionJoinsSeveralNamespacesAsDifferentSockets() throws Exception {
        running.start(s -> {
            s.namespace("/").on("who", Void.class, (socket, nothing) -> socket.emit("main"));
            s.namespace("/chat").on("who", Void.class, (socket, nothing) -> socket.emit("chat"));
        });
        SocketIoClient client = running.connect();
        String main = client.id();
        assertThat(client.join("/chat").id()).isNotEqualTo(main);
        client.send("2['who']").expect("2['main']");
        client.send("2/chat,['who']").expect("2/chat,['chat']");
    }

    @Test
    void aSlashIsPutInFrontOfANamespaceNameThatHasNone() throws Exception {
        running.start(s -> s.namespace("chat"));
        assertThat(running.open().join("/chat").id()).isNotEmpty();
    }

    @Test
    void anUnknownNamespaceIsRefusedAndTheConnectionGoesOn() throws Exception {
        running.start(s -> {});
        running.open()
                .send("0/nowhere,")
                .expect("4/nowhere,{'message':'Invalid namespace'}")
                .join("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2['early']",
                "20['early']",
                "30['early']",
                "1",
                "2/chat,['early']",
                "51-['early',{'_placeholder':true,'num':0}]"
            })
    void whatComesBeforeConnectClosesTheConnection(String packet) throws Exception {
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        running.start(s -> {
            s.namespace("/").on("early", Void.class, (socket, nothing) -> handled.add("main"));
            s.namespace("/chat").on("early", Void.class, (socket, nothing) -> handled.add("chat"));
        });
        SocketIoClient client = running.open().send(packet);
        if (packet.startsWith("51-")) {
            client.sendBinary(new byte[] {1});
        }
        assertThat(client.ended()).isTrue();
        assertThat(handled).isEmpty();
    }

    @Test
    void attachmentsAreNotWaitedForBeforeConnect() throws Exception {
        running.start(s -> s.namespace("/"));
        SocketIoClient client = running.open().send("51-['early',{'_placeholder':true,'num':0}]");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void roomsMustBeNamed() {
        Sockeye server = running.start(s -> s.namespace("/"));
        assertThatThrownBy(() -> server.namespace("/").to()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.namespace("/").except()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecondConnectToOneNamespaceClosesTheConnection() throws Exception {
        Queue<String> reasons = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/").onDisconnect((socket, reason) -> reasons.add(reason.text())));
        SocketIoClient client = running.connect().send("0");
        assertThat(client.ended()).isTrue();
        await().untilAsserted(() -> assertThat(reasons).containsExactly("forced server close"));
    }

    @Test
    void anEventForANamespaceThatWasNotJoinedClosesTheConnection() throws Exception {
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/chat").on("say", Void.class, (socket, nothing) -> handled.add("said")));
        SocketIoClient client = running.connect().send("2/chat,['say']");
        assertThat(client.ended()).isTrue();
        assertThat(handled).isEmpty();
    }

    @Test
    void aConnectErrorFromAClientClosesTheConnection() throws Exception {
        running.start(s -> {});
        assertThat(running.connect().send("4{'message':'no'}").ended()).isTrue();
    }

    @Test
    void aClientThatJoinsNothingInTimeIsClosed() throws Exception {
        running.start(Sockeye.builder().connectTimeout(Duration.ofMillis(100)), s -> {});
        assertThat(running.open().ended()).isTrue();
    }

    @Test
    void aClientThatWasRefusedAndJoinsNothingElseIsClosed() throws Exception {
        running.start(Sockeye.builder().connectTimeout(Duration.ofMillis(200)), s -> {});
        SocketIoClient client = running.open().send("0/nowhere,").expect("4/nowhere,{'message':'Invalid namespace'}");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void aClientLeavesOneNamespaceAndTheOthersGoOnAndItMayComeBack() throws Exception {
        Sockeye server = running.start(s -> {
            s.namespace("/").on("hi", Void.class, (socket, nothing) -> socket.emit("hi"));
            s.namespace("/chat");
        });
        SocketIoClient client = running.connect().join("/chat");
        String first = client.id();
        client.send("1/chat,").send("2['hi']").expect("2['hi']");
        assertThat(server.namespace("/chat").sockets()).isEmpty();
        assertThat(client.join("/chat").id()).isNotEqualTo(first);
    }

    @Test
    void anEventAfterLeavingTheNamespaceClosesTheConnection() throws Exception {
        running.start(s -> {});
        assertThat(running.connect().send("1").send("2['late']").ended()).isTrue();
    }

    @Test
    void noEventIsHandledBeforeTheConnectHandlerHasReturned() throws Exception {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        CountDownLatch release = new CountDownLatch(1);
        running.start(s -> {
            s.namespace("/other");
            s.namespace("/")
                    .onConnect(socket -> {
                        assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                        order.add("greeted");
                    })
                    .nonBlocking(Event.of("hi", Void.class), (socket, nothing) -> {
                        order.add("handled");
                        socket.emit("done");
                    });
        });
        // The answer for the other namespace shows that the event has come.
        SocketIoClient client = running.connect().send("2['hi']").join("/other");
        release.countDown();
        client.expect("2['done']");
        assertThat(order).containsExactly("greeted", "handled");
    }

    @Test
    void aConnectHandlerThatFailsEndsNothing() throws Exception {
        running.start(s -> s.namespace("/")
                .onConnect(socket -> {
                    throw new IllegalStateException("broken");
                })
                .onConnect(socket -> socket.emit("second")));
        running.connect().expect("2['second']");
    }

    @Test
    void aSocketIsFoundByItsIdWhileItIsConnected() throws Exception {
        Sockeye server = running.start(s -> {});
        SocketIoClient client = running.connect();
        assertThat(server.namespace("/").socket(client.id())).isPresent();
        client.close();
        await().untilAsserted(() ->
                assertThat(server.namespace("/").socket(client.id())).isEmpty());
    }

    @Test
    void whatIsDeclaredAfterTheStartSaysSo() {
        Sockeye server = running.start(s -> {});
        assertThatThrownBy(() -> server.namespace("/late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/late")
                .hasMessageContaining("before start()");
        assertThatThrownBy(() -> server.namespace("/").on("late", String.class, (socket, text) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("namespace /")
                .hasMessageContaining("before start()");
    }

    @Test
    void aSecondHandlerForOneEventAndAReservedNameAreRefused() {
        running.start(s -> {
            s.namespace("/").on("say", String.class, (socket, text) -> {});
            assertThatThrownBy(() -> s.namespace("/").on("say", String.class, (socket, text) -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("\"say\"");
            assertThatThrownBy(() -> s.namespace("/").on("disconnect", String.class, (socket, text) -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }
}
