// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.Broadcast;
import io.sockeye.api.Namespace;
import io.sockeye.api.RemoteSocket;
import io.sockeye.api.RequestTimeout;
import io.sockeye.event.Event;
import io.sockeye.event.PayloadException;
import io.sockeye.event.Request;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BulkOperationsTest {
    private static final Event<String> NEWS = Event.of("news", String.class);
    private static final Request<String, String> NAME = Request.of("name", String.class, String.class);
    private static final Duration LONG = Duration.ofSeconds(10);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Namespace namespace;
    private SocketIoClient ada;
    private SocketIoClient bob;
    private SocketIoClient eve;

    private void start() throws Exception {
        Sockeye server = running.start(Sockeye.builder().eventLoops(2), s -> s.namespace("/"));
        namespace = server.namespace("/");
        ada = running.connect();
        bob = running.connect();
        eve = running.connect();
        namespace.to(ada.id(), bob.id()).socketsJoin("a");
    }

    private List<RemoteSocket> fetch(Broadcast chosen) throws Exception {
        return chosen.fetchSockets().get(10, TimeUnit.SECONDS);
    }

    private RemoteSocket remote(SocketIoClient client) throws Exception {
        return fetch(namespace.to(client.id())).get(0);
    }

    @Test
    void socketsAreDescribed() throws Exception {
        start();
        namespace.socket(ada.id()).orElseThrow().data().put("name", "Ada");
        assertThat(fetch(namespace)).hasSize(3);
        assertThat(fetch(namespace.except("a"))).extracting(RemoteSocket::id).containsExactly(eve.id());
        RemoteSocket found = fetch(namespace.to("a").except(bob.id())).get(0);
        assertThat(found.id()).isEqualTo(ada.id());
        assertThat(found.rooms()).containsExactlyInAnyOrder(ada.id(), "a");
        assertThat(found.data()).containsEntry("name", "Ada");
        assertThat(found.handshake().address()).isEqualTo("127.0.0.1");
        assertThat(fetch(namespace.to("nobody"))).isEmpty();
    }

    @Test
    void aBroadcastAfterMovesSeesThem() throws Exception {
        start();
        for (int i = 0; i < 50; i++) {
            namespace.to("a").socketsJoin("b");
            namespace.to("b").socketsJoin("c");
            namespace.to("c").emit("in", i);
            namespace.to("b").except(ada.id()).socketsLeave("c");
            namespace.to("c").emit("one", i);
            namespace.socketsLeave("b", "c");
            namespace.to("b", "c").emit("none", i);
        }
        namespace.emit("end");
        assertThat(ada.until("2['end']")).hasSize(100).noneMatch(packet -> packet.contains("none"));
        assertThat(bob.until("2['end']")).hasSize(50).allMatch(packet -> packet.contains("in"));
        assertThat(eve.until("2['end']")).isEmpty();
        assertThat(namespace.members("b") + namespace.members("c")).isZero();
    }

    @Test
    void chosenSocketsAreDisconnected() throws Exception {
        start();
        namespace.to("a").disconnectSockets();
        ada.expect("1").send("0");
        bob.expect("1");
        await().until(() -> namespace.members("a") == 0);
        namespace.emit("x");
        eve.expect("2['x']");
    }

    @Test
    void connectionsAreClosedIfThatIsAskedFor() throws Exception {
        start();
        namespace.except(eve.id()).disconnectSockets(true);
        assertThat(ada.expect("1").ended()).isTrue();
        assertThat(bob.expect("1").ended()).isTrue();
        namespace.emit("x");
        eve.expect("2['x']");
    }

    @Test
    void aDescribedSocketCanBeReached() throws Exception {
        start();
        RemoteSocket remote = remote(ada);
        remote.emit(NEWS, "n");
        remote.emit("any", 1, 2);
        ada.expect("2['news','n']", "2['any',1,2]");
        var asked = remote.request(NAME, "?", LONG);
        ada.expect("20['name','?']").send("30['Ada']");
        assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo("Ada");
        remote.join("x", "y");
        remote.leave("a", "x");
        await().until(() -> namespace.members("y") == 1 && namespace.members("a") == 1);
        assertThat(remote.rooms()).contains("a");
        assertThat(remote(ada).rooms()).containsExactlyInAnyOrder(ada.id(), "y");
        remote.disconnect();
        ada.expect("1");
        remote(bob).disconnectAll();
        assertThat(bob.expect("1").ended()).isTrue();
    }

    @Test
    void aDescribedSocketThatIsGoneDoesNotAnswer() throws Exception {
        start();
        RemoteSocket remote = remote(ada);
        ada.send("1");
        await().until(() -> namespace.socket(remote.id()).isEmpty());
        remote.emit(NEWS, "n");
        assertThatThrownBy(() -> remote.request(NAME, "?", LONG).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(RequestTimeout.class);
    }

    @Test
    void aReplyOfAnotherShapeIsAFailure() throws Exception {
        start();
        var asked = remote(ada).request(NAME, "?", LONG);
        ada.expect("20['name','?']").send("30[1]");
        assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(PayloadException.class);
    }

    @Test
    void aServerAloneHasNoOthers() throws Exception {
        start();
        namespace.serverSideEmit(NEWS, "n");
        assertThat(namespace.serverCount().get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(namespace
                        .serverSideRequest(NAME, "?", LONG)
                        .get(10, TimeUnit.SECONDS)
                        .complete())
                .isTrue();
        assertThatThrownBy(() -> namespace.serverSideEmit(Event.of("connection", String.class), "n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reserved between servers");
    }
}
