// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.Sockeye;
import io.sockeye.api.Broadcast;
import io.sockeye.api.Namespace;
import io.sockeye.api.RemoteSocket;
import io.sockeye.api.Replies;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.spi.AdapterFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What every adapter promises. An implementor says how many nodes there are and gives the adapter of each; all of them must find
 * each other. They are closed with their servers. A cluster takes {@link ClusterContractTest}.
 */
public abstract class AdapterContractTest {
    static final Request<String, String> NAME = Request.of("name", String.class, String.class);
    static final Event<String> CHANGED = Event.of("changed", String.class);
    static final Duration LONG = Duration.ofSeconds(10);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    final List<Namespace> namespaces = new ArrayList<>();
    /** One on each node, in the order of the nodes. */
    final List<SocketIoClient> clients = new ArrayList<>();

    private final List<String> changes = new CopyOnWriteArrayList<>();

    /** How many servers there are. */
    protected abstract int nodes();

    /** The adapter of one of them, from 0. */
    protected abstract AdapterFactory adapter(int node);

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < nodes(); i++) {
            String node = "node " + i;
            Sockeye server = running.start(
                    Sockeye.builder().eventLoops(2).adapter(adapter(i)),
                    s -> s.namespace("/")
                            .onServerSide(CHANGED, what -> changes.add(node + " " + what))
                            .onServerSide(NAME, greeting -> greeting + node));
            namespaces.add(server.namespace("/"));
            clients.add(running.connect());
        }
    }

    private Namespace first() {
        return namespaces.get(0);
    }

    SocketIoClient last() {
        return clients.get(clients.size() - 1);
    }

    static <T> T result(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private List<String> ids() {
        return clients.stream().map(SocketIoClient::id).toList();
    }

    /** Waits until a room has so many members, on all nodes. */
    private void awaitMembers(String room, int members) {
        await().until(() ->
                namespaces.stream().mapToInt(node -> node.members(room)).sum() == members);
    }

    private RemoteSocket remote(SocketIoClient client) throws Exception {
        return result(first().to(client.id()).fetchSockets()).get(0);
    }

    @Test
    void aBroadcastReachesAllNodesInOrder() throws Exception {
        for (int i = 0; i < 50; i++) {
            first().emit("n", i);
        }
        for (SocketIoClient client : clients) {
            for (int i = 0; i < 50; i++) {
                client.expect("2['n'," + i + "]");
            }
        }
    }

    @Test
    void roomsAndExceptionsHoldEverywhere() throws Exception {
        first().socketsJoin("a", "b");
        first().to(last().id()).socketsJoin("quiet");
        first().to("a", "b").emit("once");
        first().to("a").except("quiet").emit("loud");
        first().to(last().id()).emit("whisper");
        first().emit("end");
        for (SocketIoClient client : clients) {
            String expected = client == last() ? "2[\"whisper\"]" : "2[\"loud\"]";
            assertThat(client.until("2['end']")).containsExactly("2[\"once\"]", expected);
        }
    }

    @Test
    void whatIsLocalStaysHere() throws Exception {
        Broadcast local = first().local();
        local.emit("here");
        local.socketsJoin("room");
        assertThat(result(local.fetchSockets()))
                .extracting(RemoteSocket::id)
                .containsExactly(clients.get(0).id());
        assertThat(result(local.request(NAME, "?", Duration.ofMillis(50))).expected())
                .isEqualTo(1);
        first().emit("end");
        for (int i = 0; i < clients.size(); i++) {
            assertThat(clients.get(i).until("2['end']")).hasSize(i == 0 ? 2 : 0);
        }
        awaitMembers("room", 1);
    }

    @Test
    void bytesReachAllNodes() throws Exception {
        first().emit("file", new byte[] {1}, List.of(new byte[] {2, 3}));
        for (SocketIoClient client : clients) {
            client.expect("52-['file',{'_placeholder':true,'num':0},[{'_placeholder':true,'num':1}]]");
            assertThat(client.nextBinary()).containsExactly(1);
            assertThat(client.nextBinary()).containsExactly(2, 3);
        }
    }

    @Test
    void laterChangesOfAValueAreNotSeen() throws Exception {
        List<Object> value = new ArrayList<>(List.of(1));
        first().emit("x", value);
        value.add(2);
        for (SocketIoClient client : clients) {
            client.expect("2['x',[1]]");
        }
    }

    @Test
    void repliesOfAllNodesAreCollected() throws Exception {
        var asked = first().request(NAME, "?", LONG);
        for (SocketIoClient client : clients) {
            answer(client, client.id());
        }
        Replies<String> replies = result(asked);
        assertThat(replies.values()).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(replies.complete()).isTrue();
    }

    /** The number of a request is its node's own. */
    static void answer(SocketIoClient client, String reply) throws Exception {
        String request = client.next();
        assertThat(request).matches("2\\d+\\[\"name\",\"\\?\"]");
        client.send("3" + request.substring(1, request.indexOf('[')) + "['" + reply + "']");
    }

    @Test
    void aRoomWithoutMembersIsAnsweredBeforeTheDeadline() throws Exception {
        assertThat(result(first().to("nobody").request(NAME, "?", Duration.ofHours(1))))
                .isEqualTo(new Replies<>(List.of(), Set.of(), 0));
    }

    @Test
    void aClientThatIsSilentHidesNoOther() throws Exception {
        SocketIoClient silent = running.connect();
        var asked = first().request(NAME, "?", Duration.ofMillis(500));
        for (SocketIoClient client : clients) {
            answer(client, client.id());
        }
        Replies<String> replies = result(asked);
        assertThat(replies.values()).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(replies.expected()).isEqualTo(nodes() + 1);
        assertThat(silent.next()).contains("name");
    }

    @Test
    void socketsOfAllNodesAreDescribed() throws Exception {
        namespaces.get(nodes() - 1).socket(last().id()).orElseThrow().data().put("name", "Ada");
        first().to(last().id()).socketsJoin("room");
        awaitMembers("room", 1);
        assertThat(result(first().fetchSockets()))
                .extracting(RemoteSocket::id)
                .containsExactlyInAnyOrderElementsOf(ids());
        RemoteSocket found = result(first().to("room").fetchSockets()).get(0);
        assertThat(found.id()).isEqualTo(last().id());
        assertThat(found.rooms()).containsExactlyInAnyOrder(last().id(), "room");
        assertThat(found.data()).containsEntry("name", "Ada");
        assertThat(found.handshake().address()).isEqualTo("127.0.0.1");
        assertThat(found.handshake().namespace()).isEqualTo("/");
        assertThat(found.handshake().auth()).isEmpty();
    }

    @Test
    void socketsOfAllNodesJoinAndLeave() throws Exception {
        first().socketsJoin("a", "b");
        awaitMembers("b", nodes());
        first().except(last().id()).socketsLeave("a");
        awaitMembers("a", 1);
        first().to("a").emit("still");
        last().expect("2['still']");
    }

    @Test
    void socketsOfAllNodesAreDisconnected() throws Exception {
        first().disconnectSockets();
        for (SocketIoClient client : clients) {
            client.expect("1");
        }
    }

    @Test
    void connectionsOfAllNodesAreClosed() throws Exception {
        first().disconnectSockets(true);
        for (SocketIoClient client : clients) {
            assertThat(client.expect("1").ended()).isTrue();
        }
    }

    @Test
    void aDescribedSocketCanBeReached() throws Exception {
        RemoteSocket remote = remote(last());
        remote.emit(CHANGED, "x");
        last().expect("2['changed','x']");
        var asked = remote.request(NAME, "?", LONG);
        answer(last(), "Ada");
        assertThat(result(asked)).isEqualTo("Ada");
        remote.join("a", "b");
        awaitMembers("b", 1);
        remote.leave("a");
        awaitMembers("a", 0);
        remote.disconnect();
        last().expect("1");
        await().until(() -> result(first().to(last().id()).fetchSockets()).isEmpty());
    }

    @Test
    void anEventBetweenServersReachesTheOthersInOrder() throws Exception {
        for (int i = 0; i < 20; i++) {
            first().serverSideEmit(CHANGED, "x" + i);
        }
        await().until(() -> changes.size() >= 20 * (nodes() - 1));
        for (int node = 0; node < nodes(); node++) {
            String prefix = "node " + node + " x";
            List<String> own =
                    changes.stream().filter(change -> change.startsWith(prefix)).toList();
            assertThat(own).hasSize(node == 0 ? 0 : 20);
            for (int i = 0; i < own.size(); i++) {
                assertThat(own.get(i)).isEqualTo(prefix + i);
            }
        }
    }

    @Test
    void theOtherServersAnswer() throws Exception {
        Replies<String> replies = result(first().serverSideRequest(NAME, "I am ", LONG));
        assertThat(replies.values()).hasSize(nodes() - 1).allMatch(reply -> reply.startsWith("I am node "));
        assertThat(replies.complete()).isTrue();
    }

    @Test
    void serversAreCounted() throws Exception {
        assertThat(result(first().serverCount())).isEqualTo(nodes());
    }
}
