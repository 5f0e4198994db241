// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.LimitHit;
import io.sockeye.api.Socket;
import io.sockeye.api.SocketDisconnected;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one client may make the server hold. */
class SocketBoundsTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    @Test
    void aSocketIsInNoMoreRoomsThanItMay() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder().maxRoomsPerSocket(3),
                s -> s.namespace("/")
                        .on("join", String.class, String.class, (socket, room) -> {
                            socket.join(room);
                            return "joined";
                        })
                        .on("leave", String.class, (socket, room) -> socket.leave(room)));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 3; i++) {
            client.send("2" + i + "['join','r" + i + "']").expect("3" + i + "['joined']");
        }
        client.send("23['join','r3']").expect("33[{'status':'error','message':'Internal error'}]");
        client.send("24['join','r2']").expect("34['joined']");
        client.send("2['leave','r2']").send("25['join','r3']").expect("35['joined']");
        assertThat(server.namespace("/").members("r3")).isEqualTo(1);
        assertThat(server.limitHits()).containsEntry(LimitHit.ROOMS, 1L);
    }

    @Test
    void theNameOfARoomIsNoLongerThanItMay() throws Exception {
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        Sockeye server = running.start(
                Sockeye.builder().maxRoomNameLength(10), s -> s.namespace("/").onConnect(connected::complete));
        running.connect();
        Socket socket = connected.get(10, TimeUnit.SECONDS);
        socket.join("0123456789");
        assertThatThrownBy(() -> socket.join("fits", "0123456789a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxRoomNameLength");
        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "0123456789");
        assertThat(server.limitHits()).containsEntry(LimitHit.ROOMS, 1L);
    }

    @Test
    void aSocketThatMayJoinNoMoreDoesNotCostOthersABulkMove() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder().maxRoomsPerSocket(1).eventLoops(1),
                s -> s.namespace("/").on("fill", String.class, String.class, (socket, room) -> {
                    socket.join(room);
                    return "full";
                }));
        running.connect().send("21['fill','x']").expect("31['full']");
        running.connect();
        running.connect();
        server.namespace("/").socketsJoin("all");
        await().until(() -> server.namespace("/").members("all") == 2);
    }

    @Test
    void aConnectionIsInNoMoreNamespacesThanItMay() throws Exception {
        Sockeye server = running.start(Sockeye.builder().maxNamespacesPerConnection(2), s -> {
            s.namespace("/a");
            s.namespace("/b");
        });
        SocketIoClient client = running.connect().join("/a");
        client.send("0/b,").expect("4/b,{'message':'Invalid namespace'}");
        client.send("1/a,").join("/b");
        assertThat(server.limitHits()).containsEntry(LimitHit.NAMESPACES, 1L);
    }

    @Test
    void noMoreRequestsWaitForAClientThanMay() throws Exception {
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        Sockeye server = running.start(
                Sockeye.builder().maxPendingRequests(2), s -> s.namespace("/").onConnect(connected::complete));
        SocketIoClient client = running.connect();
        Socket socket = connected.get(10, TimeUnit.SECONDS);
        CompletableFuture<String> first = socket.request("ask", String.class, Duration.ofMinutes(1), 1);
        CompletableFuture<String> second = socket.request("ask", String.class, Duration.ofMinutes(1), 2);
        client.expect("20['ask',1]", "21['ask',2]");
        assertThatThrownBy(() -> socket.request("ask", String.class, Duration.ofMinutes(1), 3)
                        .join())
                .hasRootCauseInstanceOf(SocketDisconnected.class)
                .hasMessageContaining("maxPendingRequests");
        assertThat(server.namespace("/")
                        .request("ask", String.class, Duration.ofMinutes(1), 4)
                        .get(10, TimeUnit.SECONDS)
                        .missing())
                .containsExactly(socket.id());
        client.send("30['done']");
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        CompletableFuture<String> last = socket.request("ask", String.class, Duration.ofMinutes(1), 5);
        assertThat(client.next()).endsWith("[\"ask\",5]");
        assertThat(second).isNotDone();
        assertThat(last).isNotDone();
        assertThat(server.limitHits()).containsEntry(LimitHit.PENDING_REQUESTS, 2L);
    }
}
