// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.Namespace;
import io.sockeye.api.Replies;
import io.sockeye.api.Socket;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomRequestTest {
    private static final Request<String, String> READY = Request.of("ready", String.class, String.class);
    private static final Event<Void> START = Event.of("start", Void.class);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(150);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Sockeye server;
    private Namespace namespace;
    private SocketIoClient ada;
    private SocketIoClient bob;
    private SocketIoClient eve;

    /** All are in the room, Ada in another one too; they are spread over two loops. */
    private void start() throws Exception {
        server = running.start(Sockeye.builder().eventLoops(2), s -> s.namespace("/"));
        namespace = server.namespace("/");
        ada = running.connect();
        bob = running.connect();
        eve = running.connect();
        namespace.socketsJoin("room");
        socketOf(ada).join("other");
    }

    private Socket socketOf(SocketIoClient client) {
        return namespace.socket(client.id()).orElseThrow();
    }

    private static <R> Replies<R> result(CompletableFuture<Replies<R>> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Test
    void everyMemberIsAskedAndTheRepliesAreCollected() throws Exception {
        start();
        var asked = namespace.to("room").request(READY, "go", LONG);
        ada.expect("20['ready','go']").send("30['a']");
        bob.expect("20['ready','go']").send("30['b']");
        eve.expect("20['ready','go']").send("30['e']");
        Replies<String> replies = result(asked);
        assertThat(replies.values()).containsExactlyInAnyOrder("a", "b", "e");
        assertThat(replies.missing()).isEmpty();
        assertThat(replies.complete()).isTrue();
    }

    @Test
    void aMemberOfTwoRoomsIsAskedOnce() throws Exception {
        start();
        var asked = namespace
                .to("other", "room", ada.id())
                .except(bob.id(), eve.id())
                .request(READY, "go", LONG);
        ada.expect("20['ready','go']").send("30['a']");
        assertThat(result(asked)).isEqualTo(new Replies<>(List.of("a"), Set.of(), 1));
    }

    @Test
    void aRoomWithoutMembersAnswersAtOnce() throws Exception {
        start();
        Replies<String> replies = result(namespace.to("nobody").request(READY, "go", Duration.ofDays(1)));
        assertThat(replies.expected()).isZero();
        assertThat(replies.complete()).isTrue();
    }

    @Test
    void whoIsSilentUntilTheDeadlineIsMissing() throws Exception {
        start();
        var asked = namespace.request(READY, "go", SHORT);
        ada.expect("20['ready','go']").send("30['a']");
        Replies<String> replies = result(asked);
        assertThat(replies.values()).containsExactly("a");
        assertThat(replies.missing()).containsExactlyInAnyOrder(bob.id(), eve.id());
        assertThat(replies.expected()).isEqualTo(3);
        assertThat(replies.complete()).isFalse();
    }

    @Test
    void aReplyAfterTheDeadlineIsIgnored() throws Exception {
        start();
        result(namespace.request(READY, "one", SHORT));
        ada.expect("20['ready','one']").send("30['late']");
        var asked = namespace.to(ada.id()).request(READY, "two", LONG);
        ada.expect("21['ready','two']").send("30['again']").send("31['in time']");
        assertThat(result(asked).values()).containsExactly("in time");
    }

    @Test
    void whoLeavesMeanwhileIsMissingAndHoldsUpNobody() throws Exception {
        start();
        var asked = namespace.request(READY, "go", Duration.ofDays(1));
        ada.expect("20['ready','go']").send("30['a']");
        bob.expect("20['ready','go']").send("1");
        eve.expect("20['ready','go']").close();
        Replies<String> replies = result(asked);
        assertThat(replies.values()).containsExactly("a");
        assertThat(replies.missing()).containsExactlyInAnyOrder(bob.id(), eve.id());
    }

    @Test
    void whoIsDisconnectedMeanwhileIsMissing() throws Exception {
        start();
        var asked = namespace.request(READY, "go", Duration.ofDays(1));
        namespace.disconnectSockets();
        assertThat(result(asked).missing()).hasSize(3);
    }

    @Test
    void aReplyOfAnotherShapeCostsNobodyElseTheirs() throws Exception {
        start();
        var asked = namespace.request(READY, "go", LONG);
        ada.expect("20['ready','go']").send("30['a']");
        bob.expect("20['ready','go']").send("30[4]");
        eve.expect("20['ready','go']").send("30[]");
        Replies<String> replies = result(asked);
        assertThat(replies.values()).containsExactly("a");
        assertThat(replies.expected()).isEqualTo(3);
        assertThat(replies.complete()).isFalse();
    }

    @Test
    void nothingIsAReplyWhereNothingIsAskedFor() throws Exception {
        start();
        var asked = namespace.to(ada.id()).request("ping", Void.class, LONG, 1, 2);
        ada.expect("20['ping',1,2]").send("30[]");
        assertThat(result(asked).complete()).isTrue();
    }

    @Test
    void bytesAreAReply() throws Exception {
        start();
        var asked = namespace.to(ada.id()).request("get", byte[].class, LONG);
        ada.expect("20['get']").send("61-0[{'_placeholder':true,'num':0}]").sendBinary(new byte[] {1, 2});
        assertThat(result(asked).values()).containsExactly(new byte[] {1, 2});
    }

    @Test
    void aSocketAsksTheOthers() throws Exception {
        start();
        var asked = socketOf(ada).to("room").request(READY, "go", LONG);
        bob.expect("20['ready','go']").send("30['b']");
        eve.expect("20['ready','go']").send("30['e']");
        assertThat(result(asked).complete()).isTrue();
    }

    @Test
    void whoIsBehindIsMissingFromADroppableRequest() throws Exception {
        start();
        SocketIoClient polling = running.connectPolling();
        var asked = namespace.to(polling.id(), ada.id()).droppable().request(READY, "go", Duration.ofDays(1));
        ada.expect("20['ready','go']").send("30['a']");
        assertThat(result(asked).missing()).containsExactly(polling.id());
    }

    @Test
    void aHandlerOnTheLoopMayAskAndRepliesComeOnHandlerThreads() throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();
        server = running.start(
                Sockeye.builder().eventLoops(2),
                s -> s.namespace("/").nonBlocking(START, (socket, nothing) -> {
                    var ignored = socket.namespace()
                            .request(READY, "go", LONG)
                            .thenAccept(replies -> thread.complete(replies.complete() + " "
                                    + Thread.currentThread().getName()));
                }));
        ada = running.connect();
        bob = running.connect();
        ada.send("2['start']").expect("20['ready','go']").send("30['a']");
        bob.expect("20['ready','go']").send("30['b']");
        assertThat(thread.get(10, TimeUnit.SECONDS)).startsWith("true ").doesNotContain("loop");
    }

    @Test
    void argsStandForAllArguments() throws Exception {
        start();
        Request<Args, String> many = Request.of("many", Args.class, String.class);
        namespace.emit(Event.of("x", Args.class), Args.of(1, 2));
        var asked = namespace.to(ada.id()).request(many, Args.of(3, 4), LONG);
        ada.expect("2['x',1,2]", "20['many',3,4]").send("30['a']");
        assertThat(result(asked).complete()).isTrue();
    }

    @Test
    void aPayloadThatCannotBeWrittenIsTheErrorOfTheCaller() throws Exception {
        start();
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        assertThatThrownBy(() -> namespace.request("x", String.class, LONG, circle))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> namespace.request("disconnect", String.class, LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerThatClosesAnswersWhatWaitsAndWhatComes() throws Exception {
        start();
        var asked = namespace.request(READY, "go", Duration.ofDays(1));
        ada.expect("20['ready','go']");
        server.close();
        assertThat(result(asked).missing()).hasSize(3);
        assertThat(result(namespace.request(READY, "go", LONG)).expected()).isZero();
        assertThat(namespace.fetchSockets().get(10, TimeUnit.SECONDS)).isEmpty();
    }
}
