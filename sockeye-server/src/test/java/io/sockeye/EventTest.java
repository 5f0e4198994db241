// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.RequestFailed;
import io.sockeye.api.Socket;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    private static final Event<Say> SAY = Event.of("say", Say.class);
    private static final Event<Void> PING = Event.of("ping", Void.class);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    record Say(String room, int times) {}

    @Test
    void anEventIsBoundToItsRecordAndSentAsOne() throws Exception {
        running.start(s -> s.namespace("/")
                .on(SAY, (socket, say) -> socket.emit(SAY, new Say(say.room() + "!", say.times() + 1))));
        running.connect()
                .send("2['say',{'room':'lobby','times':2,'unknown':true}]")
                .expect("2['say',{'room':'lobby!','times':3}]");
    }

    @Test
    void theSameOverLongPolling() throws Exception {
        running.start(s ->
                s.namespace("/").on(SAY, (socket, say) -> socket.emit(SAY, new Say(socket.transport(), say.times()))));
        running.connectPolling()
                .send("2['say',{'room':'x','times':2}]")
                .expect("2['say',{'room':'polling','times':2}]");
    }

    @Test
    void anEventWithoutPayloadTakesNoArgument() throws Exception {
        running.start(s -> s.namespace("/").on(PING, (socket, nothing) -> socket.emit(PING, null)));
        running.connect()
                .send("2['ping']")
                .expect("2['ping']")
                .send("2['ping','ignored']")
                .expect("2['ping']");
    }

    @Test
    void argsGiveAllArgumentsAndAreSentAsAll() throws Exception {
        running.start(s -> s.namespace("/").on("all", Args.class, (socket, args) -> socket.emit("all", args)));
        running.connect().send("2['all',1,'two',[3],null]").expect("2['all',1,'two',[3],null]");
    }

    @Test
    void bytesComeAndGoAsBinaryAtAnyDepth() throws Exception {
        running.start(s -> s.namespace("/")
                .on("file", byte[].class, (socket, data) -> socket.emit("file", Map.of("data", List.of(data)))));
        SocketIoClient client = running.connect()
                .send("51-['file',{'_placeholder':true,'num':0}]")
                .sendBinary(new byte[] {1, 2, 3})
                .expect("51-['file',{'data':[{'_placeholder':true,'num':0}]}]");
        assertThat(client.nextBinary()).containsExactly(1, 2, 3);
    }

    @Test
    void bytesTravelOverLongPollingToo() throws Exception {
        running.start(s -> s.namespace("/").on("file", byte[].class, (socket, data) -> socket.emit("file", data)));
        SocketIoClient client = running.connectPolling()
                .send("51-['file',{'_placeholder':true,'num':0}]")
                .sendBinary(new byte[] {1, 2, 3})
                .expect("51-['file',{'_placeholder':true,'num':0}]");
        assertThat(client.nextBinary()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['say']",
                "['say',null]",
                "['say','text']",
                "['say',{'times':'many'}]",
                "['say',{'times':1.5}]",
                "['say',[1]]"
            })
    void aPayloadOfAnotherShapeIsAnsweredAndNotHandled(String event) throws Exception {
        Queue<Say> handled = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/").on(SAY, (socket, say) -> handled.add(say)));
        SocketIoClient client = running.connect();
        client.send("27" + event).expect("37[{'status':'error','message':'Invalid message format'}]");
        client.send("2" + event).send("28['say',{'room':'r','times':1}]").expect("38[]");
        assertThat(handled).containsExactly(new Say("r", 1));
    }

    @Test
    void anEventThatNobodyHandlesEndsNothing() throws Exception {
        running.start(s -> s.namespace("/").on(PING, (socket, nothing) -> socket.emit(PING, null)));
        running.connect()
                .send("2['unheard']")
                .send("25['unheard',1]")
                .send("2['ping']")
                .expect("2['ping']");
    }

    @Test
    void aFailingHandlerEndsNothingButItsOwnEvent() throws Exception {
        running.start(s -> s.namespace("/")
                .on("throw", Void.class, (socket, nothing) -> {
                    throw new IllegalStateException("password=hunter2");
                })
                .on("error", Void.class, (socket, nothing) -> {
                    throw new StackOverflowError("password=hunter2");
                })
                .on("refuse", Void.class, (socket, nothing) -> {
                    throw new RequestFailed("Not authorized");
                }));
        running.connect()
                .send("2['throw']")
                .send("21['throw']")
                .expect("31[{'status':'error','message':'Internal error'}]")
                .send("22['error']")
                .expect("32[{'status':'error','message':'Internal error'}]")
                .send("23['refuse']")
                .expect("33[{'status':'error','message':'Not authorized'}]");
    }

    @Test
    void eventMiddlewareRunsInOrderBeforeTheHandler() throws Exception {
        running.start(s -> s.namespace("/")
                .useEvent((socket, event, args) -> socket.emit("first", event, args.size()))
                .useEvent((socket, event, args) -> socket.emit("second", args.get(0, String.class)))
                .onAny((socket, event, args) -> socket.emit("any", event))
                .on("say", String.class, (socket, text) -> socket.emit("handled", text)));
        running.connect()
                .send("2['say','hi']")
                .expect("2['first','say',1]", "2['second','hi']", "2['any','say']", "2['handled','hi']");
    }

    @Test
    void eventMiddlewareRefusesAnEventForAllThatFollow() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/")
                .useEvent((socket, event, args) -> {
                    if (event.equals("say")) {
                        throw new RequestFailed("Rate limit exceeded. Please try again later.");
                    }
                })
                .useEvent((socket, event, args) -> seen.add("middleware " + event))
                .onAny((socket, event, args) -> seen.add("any " + event))
                .on("say", String.class, (socket, text) -> seen.add("handled")));
        running.connect()
                .send("2['say','hi']")
                .send("20['say','hi']")
                .expect("30[{'status':'error','message':'Rate limit exceeded. Please try again later.'}]");
        assertThat(seen).isEmpty();
    }

    @Test
    void anAnyHandlerSeesEventsThatHaveNoHandler() throws Exception {
        running.start(s -> s.namespace("/").onAny((socket, event, args) -> socket.emit("seen", event, args.values())));
        running.connect().send("2['what',1]").expect("2['seen','what',[1]]");
    }

    @Test
    void eventsOfOneSocketAreHandledInOrderAndOneAtATime() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        List<Integer> handled = new ArrayList<>();
        running.start(s -> s.namespace("/").on("n", Integer.class, (socket, n) -> {
            assertThat(atOnce.incrementAndGet()).isEqualTo(1);
            handled.add(n);
            atOnce.decrementAndGet();
            if (n == 999) {
                socket.emit("done");
            }
        }));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 1000; i++) {
            client.send("2['n'," + i + "]");
        }
        client.expect("2['done']");
        assertThat(handled).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void handlersThatDoNotBlockKeepTheOrderAmongOthers() throws Exception {
        List<Integer> handled = new ArrayList<>();
        running.start(s -> s.namespace("/")
                .nonBlocking(Event.of("fast", Integer.class), (socket, n) -> handled.add(n))
                .on("slow", Integer.class, (socket, n) -> handled.add(n))
                .on("done", Void.class, (socket, nothing) -> socket.emit("done")));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 600; i++) {
            client.send("2['" + (i % 3 == 0 ? "slow" : "fast") + "'," + i + "]");
        }
        client.send("2['done']").expect("2['done']");
        assertThat(handled).isEqualTo(IntStream.range(0, 600).boxed().toList());
    }

    @Test
    void aHandlerOnTheLoopDoesNotOvertakeWhatAnEarlierOneSent() throws Exception {
        running.start(s -> s.namespace("/")
                .nonBlocking(Event.of("fast", Integer.class), (socket, n) -> socket.emit("n", n))
                .on("slow", Integer.class, (socket, n) -> {
                    socket.join("room" + n);
                    socket.namespace().to("room" + n).emit("n", n);
                }));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 600; i++) {
            client.send("2['" + (i % 2 == 0 ? "slow" : "fast") + "'," + i + "]");
        }
        for (int i = 0; i < 600; i++) {
            client.expect("2['n'," + i + "]");
        }
    }

    @Test
    void aHandlerThatBlocksHoldsUpNobodyElse() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        running.start(
                Sockeye.builder().eventLoops(1),
                s -> s.namespace("/")
                        .on("block", Void.class, (socket, nothing) -> release.get(10, TimeUnit.SECONDS))
                        .on(PING, (socket, nothing) -> socket.emit(PING, null)));
        SocketIoClient blocked = running.connect().send("2['block']").send("2['ping']");
        running.connect().send("2['ping']").expect("2['ping']");
        release.complete(null);
        blocked.expect("2['ping']");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void reservedNamesAreNeitherTakenNorSent(String name) throws Exception {
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        running.start(s -> s.namespace("/").onConnect(connected::complete));
        SocketIoClient client = running.connect();
        Socket socket = connected.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> socket.emit(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.broadcast().emit(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(client.send("2['" + name + "']").ended()).isTrue();
    }

    @Test
    void whatCannotBeWrittenIsRefusedAtTheCallAndSentToNobody() throws Exception {
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        running.start(s -> s.namespace("/").onConnect(connected::complete));
        SocketIoClient client = running.connect();
        Socket socket = connected.get(10, TimeUnit.SECONDS);
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        assertThatThrownBy(() -> socket.emit("x", circle)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.namespace().emit("x", circle)).isInstanceOf(IllegalArgumentException.class);
        socket.emit("end");
        client.expect("2['end']");
    }

    @Test
    void bigPayloadsAndOddTextComeBackAsTheyWere() throws Exception {
        running.start(s -> s.namespace("/").on("echo", String.class, (socket, text) -> socket.emit("echo", text)));
        String text = "ж😀\\u0000\\n".repeat(5_000);
        running.connect().send("2['echo','" + text + "']").expect("2['echo','" + text + "']");
    }
}
