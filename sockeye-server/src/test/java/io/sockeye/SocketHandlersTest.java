// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.AnyHandler;
import io.sockeye.api.EventHandler;
import io.sockeye.api.Registration;
import io.sockeye.api.RequestFailed;
import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import io.sockeye.event.PayloadException;
import io.sockeye.event.Request;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketHandlersTest {
    private static final Event<Integer> N = Event.of("n", Integer.class);
    private static final Request<Integer, Integer> ASK = Request.of("ask", Integer.class, Integer.class);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final CompletableFuture<Socket> connected = new CompletableFuture<>();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    private Socket serverSide() throws Exception {
        return connected.get(10, TimeUnit.SECONDS);
    }

    private SocketIoClient connect() throws Exception {
        running.start(s -> s.namespace("/")
                .onConnect(connected::complete)
                .on("end", Void.class, (socket, nothing) -> socket.emit("end")));
        return running.connect();
    }

    private <T> EventHandler<T> note(String name) {
        return (socket, payload) -> seen.add(name + " " + payload);
    }

    private AnyHandler noteAny(String name) {
        return (socket, event, args) -> seen.add(name + " " + event);
    }

    private static void finish(SocketIoClient client) throws Exception {
        client.send("2['end']").expect("2['end']");
    }

    @Test
    void handlersOfASocketSeeNothingOfAnother() throws Exception {
        SocketIoClient first = connect();
        Socket socket = serverSide();
        SocketIoClient second = running.connect();
        socket.on(N, note("own"));
        socket.onAny(noteAny("any"));
        socket.use((same, event, args) -> seen.add("check " + event));
        second.send("2['n',1]");
        finish(second);
        assertThat(seen).isEmpty();
        first.send("2['n',2]");
        finish(first);
        assertThat(seen).containsExactly("check n", "any n", "own 2", "check end", "any end");
    }

    @Test
    void checksComeFirstThenAnyHandlersThenThoseOfTheEventAndTheNamespacesLast() throws Exception {
        running.start(s -> s.namespace("/")
                .onConnect(socket -> {
                    socket.on("n", Integer.class, note("own 1"));
                    socket.onAny(noteAny("any 2"));
                    socket.prependAny(noteAny("any 1"));
                    socket.use((same, event, args) -> seen.add("check 1"));
                    socket.use((same, event, args) -> seen.add("check 2"));
                    socket.on(N, note("own 2"));
                })
                .on(N, (socket, n) -> socket.emit("end"))
                .onAny(noteAny("namespace any 2"))
                .prependAny(noteAny("namespace any 1"))
                .useEvent((socket, event, args) -> seen.add("namespace check")));
        running.connect().send("2['n',7]").expect("2['end']");
        assertThat(seen)
                .containsExactly(
                        "namespace check",
                        "check 1",
                        "check 2",
                        "namespace any 1 n",
                        "namespace any 2 n",
                        "any 1 n",
                        "any 2 n",
                        "own 1 7",
                        "own 2 7");
    }

    @Test
    void whatIsRegisteredOnConnectMissesNoEvent() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        running.start(s -> s.namespace("/")
                .onConnect(socket -> {
                    release.get(10, TimeUnit.SECONDS);
                    socket.on(N, (same, n) -> same.emit("n", n));
                })
                .nonBlocking(N, note("namespace")));
        SocketIoClient client = running.open().send("0").send("2['n',1]").send("2['n',2]");
        assertThat(client.next()).startsWith("0{");
        release.complete(null);
        client.send("2['n',3]").expect("2['n',1]", "2['n',2]", "2['n',3]");
        assertThat(seen).contains("namespace 1", "namespace 2");
    }

    @Test
    void onceIsCalledForOneEventOfABurst() throws Exception {
        SocketIoClient client = connect();
        Registration once = serverSide().once(N, note("once"));
        serverSide().on(N, note("each"));
        for (int i = 0; i < 200; i++) {
            client.send("2['n'," + i + "]");
        }
        finish(client);
        assertThat(seen).hasSize(201).startsWith("once 0", "each 0", "each 1");
        assertThat(once.remove()).isFalse();
    }

    @Test
    void onceAnswersOneRequest() throws Exception {
        SocketIoClient client = connect();
        serverSide().once(ASK, (socket, n) -> n + 1);
        client.send("21['ask',1]").expect("31[2]").send("22['ask',2]");
        finish(client);
    }

    @Test
    void aHandlerThatIsRemovedMeanwhileIsNotCalledAnyMore() throws Exception {
        SocketIoClient client = connect();
        Socket socket = serverSide();
        List<Registration> later = new ArrayList<>();
        socket.on(N, (same, n) -> later.forEach(registration -> seen.add("removed " + registration.remove())));
        later.add(socket.on(N, note("later")));
        client.send("2['n',1]").send("2['n',2]");
        finish(client);
        assertThat(seen).containsExactly("removed true", "removed false");
    }

    @Test
    void aHandlerThatIsAddedMeanwhileTakesPartFromTheNextEventOn() throws Exception {
        SocketIoClient client = connect();
        Socket socket = serverSide();
        socket.once(N, (same, n) -> same.on(N, note("added")));
        client.send("2['n',1]").send("2['n',2]");
        finish(client);
        assertThat(seen).containsExactly("added 2");
    }

    @Test
    void offRemovesAllHandlersOfAKindAndNoOthers() throws Exception {
        SocketIoClient client = connect();
        Socket socket = serverSide();
        socket.off("nothing yet");
        socket.offAny();
        socket.offAnyOutgoing();
        assertThat(socket.listenersAny()).isEmpty();
        socket.on(N, note("a"));
        socket.once(N, note("b"));
        socket.on("other", Integer.class, note("other"));
        AnyHandler any = noteAny("any");
        AnyHandler first = noteAny("first");
        socket.onAny(any);
        socket.prependAny(first);
        assertThat(socket.listenersAny()).containsExactly(first, any);
        socket.off("n");
        socket.offAny();
        assertThat(socket.listenersAny()).isEmpty();
        client.send("2['n',1]").send("2['other',2]");
        finish(client);
        assertThat(seen).containsExactly("other 2");
    }

    @Test
    void middlewareOfASocketRefusesItsEventsOnlyAndTheClientIsTold() throws Exception {
        SocketIoClient client = connect();
        Socket socket = serverSide();
        SocketIoClient other = running.connect();
        Registration check = socket.use((same, event, args) -> {
            if (event.equals("n")) {
                throw new RequestFailed("Not your turn");
            }
        });
        socket.on(N, note("own"));
        socket.onAny(noteAny("any"));
        socket.onError((same, event, failure) -> seen.add(event + " " + failure.getMessage()));
        client.send("2['n',1]").send("25['n',2]").expect("35[{'status':'error','message':'Not your turn'}]");
        other.send("2['n',3]");
        finish(other);
        assertThat(check.remove()).isTrue();
        client.send("26['n',4]").expect("36[]");
        assertThat(seen).containsExactly("n Not your turn", "n Not your turn", "any n", "own 4");
    }

    @Test
    void theFirstHandlerOfARequestHasTheAcknowledgement() throws Exception {
        running.start(s -> s.namespace("/")
                .onConnect(socket -> {
                    socket.on("ask", Integer.class, note("observed"));
                    socket.on("ask", Integer.class, (same, n) -> {
                        throw new RequestFailed("Only observing");
                    });
                    socket.onAsync(ASK, (same, n) -> OwnThread.supply(() -> n * 2));
                    socket.on("ask", Integer.class, Integer.class, (same, n) -> n * 3);
                })
                .on(ASK, (socket, n) -> {
                    seen.add("namespace " + n);
                    return n * 4;
                }));
        running.connect()
                .send("21['ask',10]")
                .expect("31[20]")
                .send("22['ask',20]")
                .expect("32[40]");
        await().untilAsserted(() ->
                assertThat(seen).containsExactly("observed 10", "namespace 10", "observed 20", "namespace 20"));
    }

    @Test
    void theNamespaceAnswersWhatASocketOnlyObserves() throws Exception {
        running.start(s -> s.namespace("/")
                .onConnect(socket -> socket.on("ask", Integer.class, note("observed")))
                .on(ASK, (socket, n) -> n + 1));
        running.connect().send("21['ask',1]").expect("31[2]");
        assertThat(seen).containsExactly("observed 1");
    }

    @Test
    void aFailingHandlerKeepsNoOtherFromRunningAndItsFailureIsTheAnswerOfEvents() throws Exception {
        SocketIoClient client = connect();
        Socket socket = serverSide();
        socket.onError((same, event, failure) -> {
            seen.add(event + " " + failure.getClass().getSimpleName());
            throw new IllegalStateException("the observer fails too");
        });
        socket.on(N, (same, n) -> {
            throw new StackOverflowError("password=hunter2");
        });
        socket.on(N, (same, n) -> {
            throw new RequestFailed("Second");
        });
        socket.on(N, note("last"));
        client.send("21['n',1]").expect("31[{'status':'error','message':'Internal error'}]");
        client.send("22['n','x']");
        client.expect("32[{'status':'error','message':'Invalid message format'}]");
        assertThat(seen)
                .containsExactly(
                        "n StackOverflowError",
                        "n RequestFailed",
                        "last 1",
                        "n " + PayloadException.class.getSimpleName(),
                        "n " + PayloadException.class.getSimpleName(),
                        "n " + PayloadException.class.getSimpleName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void reservedNamesAreNotTakenAndTheFaultSaysWhatToDo(String name) throws Exception {
        SocketIoClient client = connect();
        Socket socket = serverSide();
        assertThatThrownBy(() -> socket.on(name, Void.class, note("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("onDisconnecting or onDisconnect");
        assertThatThrownBy(() -> socket.once(name, Void.class, note(""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.on(name, Void.class, Void.class, (same, nothing) -> null))
                .isInstanceOf(IllegalArgumentException.class);
        finish(client);
    }

    @Test
    void sendIsTheEventMessage() throws Exception {
        SocketIoClient client = connect();
        serverSide().send("hi", 2);
        serverSide().namespace().send("all");
        serverSide().namespace().to(client.id()).send();
        client.expect("2['message','hi',2]", "2['message','all']", "2['message']");
    }

    @Test
    void handlersForTheEndKnowTheRoomsAndReachTheOthersInThem() throws Exception {
        Sockeye server = running.start(s -> s.namespace("/")
                .onConnect(socket -> {
                    socket.join("red");
                    socket.onDisconnect((same, reason) -> seen.add("gone"));
                    socket.onDisconnecting((same, reason) -> {
                        seen.add("going " + same.rooms().contains("red") + same.connected());
                        same.namespace().to("red").emit("left", same.id());
                        throw new IllegalStateException("broken");
                    });
                })
                .onDisconnect((socket, reason) -> seen.add("namespace gone"))
                .onDisconnecting((socket, reason) -> seen.add("namespace going " + reason.text())));
        SocketIoClient stays = running.connect();
        SocketIoClient leaves = running.connect();
        await().until(() -> server.namespace("/").members("red") == 2);
        leaves.send("1");
        stays.expect("2['left','" + leaves.id() + "']");
        await().untilAsserted(() -> assertThat(seen)
                .containsExactly(
                        "going truefalse", "namespace going client namespace disconnect", "gone", "namespace gone"));
    }

    @Test
    void aHandlerForTheEndThatARunningHandlerAddsIsCalled() throws Exception {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        Sockeye server = running.start(s -> s.namespace("/").onConnect(socket -> {
            connected.complete(socket);
            gone.get(10, TimeUnit.SECONDS);
            socket.onDisconnect((same, reason) -> seen.add(reason.text()));
        }));
        running.connect().leave();
        await().untilAsserted(() -> assertThat(server.namespace("/").sockets()).isEmpty());
        assertThat(serverSide().connected()).isFalse();
        gone.complete(null);
        await().untilAsserted(() -> assertThat(seen).containsExactly("transport close"));
    }

    @Test
    void handlersThatComeAndGoWhileEventsComeAreEachCalledAsTheyShould() throws Exception {
        SocketIoClient client = connect();
        Socket socket = serverSide();
        List<Integer> permanent = new ArrayList<>();
        socket.on(N, (same, n) -> permanent.add(n));
        AtomicBoolean stop = new AtomicBoolean();
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> churn = IntStream.range(0, 2)
                .mapToObj(i -> OwnThread.run(() -> churn(socket, stop, faults)))
                .toList();
        for (int i = 0; i < 1_000; i++) {
            client.send("2['n'," + i + "]");
        }
        finish(client);
        stop.set(true);
        churn.forEach(CompletableFuture::join);
        assertThat(faults).isEmpty();
        assertThat(permanent).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
        assertThat(socket.listenersAny()).isEmpty();
    }

    /** A handler registered with once is called or removed, one of both and once. */
    private static void churn(Socket socket, AtomicBoolean stop, Queue<String> faults) {
        while (!stop.get()) {
            AtomicInteger calls = new AtomicInteger();
            CompletableFuture<Void> called = new CompletableFuture<>();
            Registration any = socket.onAny((same, event, args) -> {});
            Registration once = socket.once(N, (same, n) -> {
                calls.incrementAndGet();
                called.complete(null);
            });
            any.remove();
            boolean removed = once.remove();
            if (!removed) {
                called.orTimeout(10, TimeUnit.SECONDS).join();
            }
            if (calls.get() != (removed ? 0 : 1)) {
                faults.add("removed " + removed + ", called " + calls.get());
            }
        }
    }
}
