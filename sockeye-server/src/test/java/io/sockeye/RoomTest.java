// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.Broadcast;
import io.sockeye.api.Socket;
import io.sockeye.event.Request;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomTest {
    private static final Request<String, Void> JOIN = Request.of("join", String.class, Void.class);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Sockeye server;
    private SocketIoClient ada;
    private SocketIoClient bob;
    private SocketIoClient eve;

    /** Ada is in both rooms, Bob in the second, Eve in none; they are spread over two loops and two transports. */
    private void start() throws Exception {
        server = running.start(
                Sockeye.builder().eventLoops(2),
                s -> s.namespace("/").on(JOIN, (socket, room) -> {
                    socket.join(room);
                    return null;
                }));
        ada = running.connect()
                .send("20['join','one']")
                .expect("30[]")
                .send("21['join','two']")
                .expect("31[]");
        bob = running.connectPolling().send("20['join','two']").expect("30[]");
        eve = running.connect();
    }

    private Socket socketOf(SocketIoClient client) {
        return server.namespace("/").socket(client.id()).orElseThrow();
    }

    /** Each gets what it was to get and nothing else before a last event to all. */
    private void end(String toAda, String toBob, String toEve) throws Exception {
        server.namespace("/").emit("end");
        assertThat(String.join(" ", ada.until("2['end']"))).isEqualTo(SocketIoClient.json(toAda));
        assertThat(String.join(" ", bob.until("2['end']"))).isEqualTo(SocketIoClient.json(toBob));
        assertThat(String.join(" ", eve.until("2['end']"))).isEqualTo(SocketIoClient.json(toEve));
    }

    @Test
    void aNamespaceSendsToAllOfItsSockets() throws Exception {
        start();
        server.namespace("/").emit("x", 1);
        end("2['x',1]", "2['x',1]", "2['x',1]");
    }

    @Test
    void aRoomSendsToItsMembers() throws Exception {
        start();
        server.namespace("/").to("one").emit("x");
        server.namespace("/").in("nobody").emit("y");
        end("2['x']", "", "");
    }

    @Test
    void aMemberOfSeveralRoomsGetsItOnce() throws Exception {
        start();
        server.namespace("/").to("one", "two").in("one").to(ada.id()).emit("x");
        end("2['x']", "2['x']", "");
    }

    @Test
    void exceptLeavesOutMembersAndSingleSockets() throws Exception {
        start();
        server.namespace("/").except("one").emit("a");
        server.namespace("/").to("two").except(bob.id()).emit("b");
        server.namespace("/").except("two", eve.id()).emit("c");
        end("2['b']", "2['a']", "2['a']");
    }

    @Test
    void aSocketBroadcastsToAllButItself() throws Exception {
        start();
        socketOf(ada).broadcast().emit("x");
        socketOf(ada).to("two").emit("y");
        socketOf(ada).to(ada.id()).emit("z");
        end("", "2['x'] 2['y']", "2['x']");
    }

    @Test
    void theIdOfASocketIsARoom() throws Exception {
        start();
        socketOf(ada).to(eve.id()).emit("private", "hi");
        end("", "", "2['private','hi']");
    }

    @Test
    void operatorsAreImmutable() throws Exception {
        start();
        Broadcast two = server.namespace("/").to("two");
        two.except(ada.id());
        two.to("one", eve.id()).droppable().local();
        two.emit("x");
        end("2['x']", "2['x']", "");
    }

    @Test
    void binaryReachesEachRecipientInItsOwnForm() throws Exception {
        start();
        server.namespace("/").to("two").emit("file", (Object) new byte[] {1, 2});
        assertThat(ada.expect("51-['file',{'_placeholder':true,'num':0}]").nextBinary())
                .containsExactly(1, 2);
        assertThat(bob.expect("51-['file',{'_placeholder':true,'num':0}]").nextBinary())
                .containsExactly(1, 2);
    }

    @Test
    void aBroadcastAfterAJoinReachesAndAfterALeaveDoesNot() throws Exception {
        start();
        Socket socket = socketOf(eve);
        for (int i = 0; i < 100; i++) {
            socket.join("short");
            server.namespace("/").to("short").emit("in", i);
            socket.leave("short");
            server.namespace("/").to("short").emit("out", i);
        }
        server.namespace("/").emit("end");
        assertThat(eve.until("2['end']")).hasSize(100).allMatch(packet -> packet.startsWith("2[\"in\","));
    }

    @Test
    void roomsAndMembersTellWhoIsWhere() throws Exception {
        start();
        assertThat(socketOf(ada).rooms()).containsExactlyInAnyOrder(ada.id(), "one", "two");
        assertThat(socketOf(eve).rooms()).containsExactly(eve.id());
        assertThat(server.namespace("/").members("two")).isEqualTo(2);
        assertThat(server.namespace("/").members(eve.id())).isEqualTo(1);
        assertThat(server.namespace("/").members("nobody")).isZero();
    }

    @Test
    void joiningTwiceAndLeavingTwiceCountOnce() throws Exception {
        start();
        Socket socket = socketOf(eve);
        socket.join("one", "one", eve.id());
        assertThat(server.namespace("/").members("one")).isEqualTo(2);
        assertThat(server.namespace("/").members(eve.id())).isEqualTo(1);
        socket.leave("one");
        socket.leave("one");
        socket.leave("never");
        assertThat(server.namespace("/").members("one")).isEqualTo(1);
    }

    @Test
    void aCopyOfTheRoomsChangesNothing() throws Exception {
        start();
        socketOf(ada).rooms().clear();
        assertThat(socketOf(ada).rooms()).hasSize(3);
    }

    @Test
    void aSocketThatLeavesIsInNoRoomAndCannotJoinAgain() throws Exception {
        start();
        Socket socket = socketOf(ada);
        ada.send("1");
        await().until(() -> !socket.connected());
        socket.join("two", "three");
        assertThat(server.namespace("/").members("one")).isZero();
        assertThat(server.namespace("/").members("two")).isEqualTo(1);
        assertThat(server.namespace("/").members("three")).isZero();
        server.namespace("/").to("one", "two").emit("x");
        bob.expect("2['x']");
    }

    @Test
    void theDisconnectHandlerStillSeesTheRooms() throws Exception {
        CompletableFuture<Set<String>> rooms = new CompletableFuture<>();
        server = running.start(s -> s.namespace("/")
                .onConnect(socket -> socket.join("one", "two"))
                .onDisconnect((socket, reason) -> {
                    socket.to("one").emit("left", socket.id());
                    rooms.complete(socket.rooms());
                }));
        SocketIoClient first = running.connect();
        SocketIoClient second = running.connect();
        await().until(() -> server.namespace("/").members("two") == 2);
        first.close();
        second.expect("2['left','" + first.id() + "']");
        assertThat(rooms.get(10, TimeUnit.SECONDS)).containsExactlyInAnyOrder(first.id(), "one", "two");
    }

    @Test
    void theSameRoomOfAnotherNamespaceIsAnotherRoom() throws Exception {
        Sockeye both = running.start(s -> {
            s.namespace("/a").onConnect(socket -> socket.join("room"));
            s.namespace("/b").onConnect(socket -> socket.join("room"));
        });
        SocketIoClient client = running.open().join("/a").join("/b");
        await().until(() -> both.namespace("/b").members("room") == 1);
        both.namespace("/b").to("room").emit("x");
        both.namespace("/a").emit("end");
        assertThat(client.until("2/a,['end']")).containsExactly("2/b,[\"x\"]");
    }

    @Test
    void aDroppableBroadcastReachesWhoCanTakeItAtOnce() throws Exception {
        start();
        server.namespace("/").droppable().emit("maybe", 1);
        server.namespace("/").emit("end");
        assertThat(ada.until("2['end']")).containsExactly("2[\"maybe\",1]");
        assertThat(eve.until("2['end']")).containsExactly("2[\"maybe\",1]");
        assertThat(bob.until("2['end']")).isEmpty();
    }
}
