// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.RequestFailed;
import io.sockeye.api.RequestTimeout;
import io.sockeye.api.Socket;
import io.sockeye.api.SocketDisconnected;
import io.sockeye.event.Args;
import io.sockeye.event.PayloadException;
import io.sockeye.event.Request;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static final Request<String, Joined> JOIN = Request.of("join", String.class, Joined.class);
    private static final Request<String, Object> GET = Request.of("get", String.class, Object.class);
    private static final Duration LONG = Duration.ofSeconds(10);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final CompletableFuture<Socket> connected = new CompletableFuture<>();

    record Joined(String room, int members) {}

    private Socket serverSide() throws Exception {
        return connected.get(10, TimeUnit.SECONDS);
    }

    private SocketIoClient connectToPlainServer() throws Exception {
        running.start(s -> s.namespace("/").onConnect(connected::complete));
        return running.connect();
    }

    // What clients ask

    @Test
    void whatTheHandlerReturnsIsTheAcknowledgement() throws Exception {
        running.start(s -> s.namespace("/").on(JOIN, (socket, room) -> new Joined(room, 1)));
        running.connect().send("212['join','lobby']").expect("312[{'room':'lobby','members':1}]");
    }

    @Test
    void aNamespaceIsNamedInTheAcknowledgement() throws Exception {
        running.start(s -> s.namespace("/chat").on(JOIN, (socket, room) -> new Joined(room, 1)));
        running.open().join("/chat").send("2/chat,0['join','a']").expect("3/chat,0[{'room':'a','members':1}]");
    }

    @Test
    void nullIsAnAnswer() throws Exception {
        running.start(s -> s.namespace("/").on(GET, (socket, key) -> null));
        running.connect().send("20['get','a']").expect("30[null]");
    }

    @Test
    void bytesMakeABinaryAcknowledgement() throws Exception {
        running.start(s -> s.namespace("/").on(GET, (socket, key) -> new byte[] {4, 5}));
        SocketIoClient client = running.connect().send("23['get','a']").expect("61-3[{'_placeholder':true,'num':0}]");
        assertThat(client.nextBinary()).containsExactly(4, 5);
    }

    @Test
    void aRequestThatAsksForNoAnswerGetsNone() throws Exception {
        running.start(s -> s.namespace("/").on(JOIN, (socket, room) -> new Joined(room, 1)));
        running.connect().send("2['join','a']").send("21['join','b']").expect("31[{'room':'b','members':1}]");
    }

    @Test
    void failuresAreAnsweredWithTheirPublicPartOnly() throws Exception {
        running.start(s -> s.namespace("/").on(GET, (socket, key) -> {
            if (key.equals("refused")) {
                throw new RequestFailed("Not authorized to join this room");
            }
            throw new IOException("password=hunter2");
        }));
        running.connect()
                .send("21['get','refused']")
                .expect("31[{'status':'error','message':'Not authorized to join this room'}]")
                .send("22['get','broken']")
                .expect("32[{'status':'error','message':'Internal error'}]")
                .send("23['get',4]")
                .expect("33[{'status':'error','message':'Invalid message format'}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async"})
    void anAnswerThatCannotBeWrittenIsAnsweredAsAFailure(String kind) throws Exception {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        running.start(s -> {
            if (kind.equals("sync")) {
                s.namespace("/").on(GET, (socket, key) -> circle);
            } else {
                s.namespace("/").onAsync(GET, (socket, key) -> CompletableFuture.completedFuture(circle));
            }
        });
        running.connect().send("20['get','a']").expect("30[{'status':'error','message':'Internal error'}]");
    }

    @Test
    void anAsynchronousAnswerComesLaterAndHoldsUpNothing() throws Exception {
        CompletableFuture<Object> first = new CompletableFuture<>();
        running.start(s -> s.namespace("/")
                .onAsync(GET, (socket, key) -> key.equals("first") ? first : CompletableFuture.completedFuture(key)));
        SocketIoClient client = running.connect().send("20['get','first']").send("21['get','second']");
        client.expect("31['second']");
        first.complete("late");
        client.expect("30['late']");
    }

    @Test
    void anAsynchronousHandlerThatNeverAnswersIsAnsweredAsAFailure() throws Exception {
        running.start(
                Sockeye.builder().answerTimeout(Duration.ofMillis(50)),
                s -> s.namespace("/").onAsync(GET, (socket, key) -> new CompletableFuture<>()));
        running.connect().send("20['get','x']").expect("30[{'status':'error','message':'Internal error'}]");
    }

    @Test
    void asynchronousFailuresAreAnsweredAlike() throws Exception {
        running.start(s -> s.namespace("/").onAsync(GET, (socket, key) -> switch (key) {
            case "refused" -> CompletableFuture.failedFuture(new RequestFailed("no"));
            case "wrapped" ->
                OwnThread.supply(() -> {
                    throw new RequestFailed("wrapped");
                });
            case "broken" -> CompletableFuture.failedFuture(new IllegalStateException("password=hunter2"));
            default -> throw new RequestFailed("at once");
        }));
        running.connect()
                .send("20['get','refused']")
                .expect("30[{'status':'error','message':'no'}]")
                .send("21['get','wrapped']")
                .expect("31[{'status':'error','message':'wrapped'}]")
                .send("22['get','broken']")
                .expect("32[{'status':'error','message':'Internal error'}]")
                .send("23['get','x']")
                .expect("33[{'status':'error','message':'at once'}]");
    }

    @Test
    void anAnswerForAClientThatIsGoneIsDropped() throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        CompletableFuture<Void> gone = new CompletableFuture<>();
        running.start(s -> s.namespace("/")
                .onAsync(GET, (socket, key) -> answer)
                .onDisconnect((socket, reason) -> gone.complete(null)));
        SocketIoClient client = running.connect().send("20['get','a']").send("1");
        gone.get(10, TimeUnit.SECONDS);
        answer.complete("late");
        client.send("0");
        assertThat(client.next()).startsWith("0{");
    }

    @Test
    void aRequestHandlerThatDoesNotBlockAnswersToo() throws Exception {
        running.start(s -> s.namespace("/").nonBlocking(JOIN, (socket, room) -> new Joined(room, 2)));
        running.connect().send("20['join','a']").expect("30[{'room':'a','members':2}]");
    }

    // What the server asks

    @Test
    void theServerAsksAndTheClientAnswers() throws Exception {
        SocketIoClient client = connectToPlainServer();
        CompletableFuture<Joined> reply = serverSide().request(JOIN, "lobby", LONG);
        client.expect("20['join','lobby']").send("30[{'room':'lobby','members':3}]");
        assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(new Joined("lobby", 3));
    }

    @Test
    void severalRequestsWaitAtOnceAndEachGetsItsOwnAnswer() throws Exception {
        SocketIoClient client = connectToPlainServer();
        CompletableFuture<String> first = serverSide().request("a", String.class, LONG);
        CompletableFuture<Args> second = serverSide().request("b", Args.class, LONG, 1, 2);
        client.expect("20['a']", "21['b',1,2]").send("31['x',5]").send("30['y']");
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("y");
        assertThat(second.get(10, TimeUnit.SECONDS).values()).containsExactly("x", 5);
    }

    @Test
    void theClientAnswersWithBytes() throws Exception {
        SocketIoClient client = connectToPlainServer();
        CompletableFuture<byte[]> reply = serverSide().request("file", byte[].class, LONG);
        client.expect("20['file']").send("61-0[{'_placeholder':true,'num':0}]").sendBinary(new byte[] {7});
        assertThat(reply.get(10, TimeUnit.SECONDS)).containsExactly(7);
    }

    @Test
    void aRequestThatIsNotAnsweredInTimeFails() throws Exception {
        SocketIoClient client = connectToPlainServer();
        CompletableFuture<String> reply = serverSide().request("a", String.class, Duration.ofMillis(50));
        assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RequestTimeout.class);
        CompletableFuture<String> next = serverSide().request("b", String.class, LONG);
        client.expect("20['a']", "21['b']").send("30['late']").send("31['right']");
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("right");
    }

    @Test
    void anAnswerOfAnotherShapeFailsTheRequest() throws Exception {
        SocketIoClient client = connectToPlainServer();
        CompletableFuture<Joined> reply = serverSide().request(JOIN, "lobby", LONG);
        client.expect("20['join','lobby']").send("30['text']");
        assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(PayloadException.class);
    }

    @Test
    void aSecondAnswerIsIgnored() throws Exception {
        SocketIoClient client = connectToPlainServer();
        CompletableFuture<String> reply = serverSide().request("a", String.class, LONG);
        client.expect("20['a']").send("30['one']").send("30['two']");
        assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo("one");
        assertThat(serverSide().connected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"399['x']", "39007199254740991['x']", "3['x']"})
    void anAnswerThatNobodyWaitsForIsIgnored(String packet) throws Exception {
        SocketIoClient client = connectToPlainServer().send(packet);
        CompletableFuture<String> reply = serverSide().request("a", String.class, LONG);
        client.expect("20['a']").send("30['right']");
        assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo("right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3-1['x']", "3100000000000000000000['x']", "3x['x']"})
    void anAnswerWithoutAnIdThatCanBeClosesTheConnection(String packet) throws Exception {
        SocketIoClient client = connectToPlainServer().send(packet);
        assertThat(client.ended()).isTrue();
        await().until(() -> !serverSide().connected());
    }

    @Test
    void requestsFailWhenTheClientLeaves() throws Exception {
        SocketIoClient client = connectToPlainServer();
        CompletableFuture<String> reply = serverSide().request("a", String.class, LONG);
        client.expect("20['a']").send("1");
        assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SocketDisconnected.class);
    }

    @Test
    void aRequestToAClientThatIsGoneFailsAtOnce() throws Exception {
        SocketIoClient client = connectToPlainServer();
        client.close();
        await().until(() -> !serverSide().connected());
        assertThatThrownBy(() -> serverSide().request("a", String.class, LONG).get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SocketDisconnected.class);
    }

    @Test
    void requestsThatWaitFailWhenTheServerCloses() throws Exception {
        Sockeye server = running.start(s -> s.namespace("/").onConnect(connected::complete));
        running.connect();
        CompletableFuture<String> reply = serverSide().request("a", String.class, LONG);
        server.close();
        assertThatThrownBy(() -> reply.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(SocketDisconnected.class);
    }
}
