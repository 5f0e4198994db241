// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.OutgoingHandler;
import io.sockeye.api.Registration;
import io.sockeye.api.Socket;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutgoingTest {
    private static final Event<byte[]> FILE = Event.of("file", byte[].class);
    private static final Request<String, Integer> ASK = Request.of("ask", String.class, Integer.class);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private Sockeye server;

    private void start(Consumer<Sockeye> handlers) {
        server = running.start(handlers);
    }

    private Socket socket(SocketIoClient client) {
        return server.namespace("/").socket(client.id()).orElseThrow();
    }

    private OutgoingHandler note(String name) {
        return (socket, event, args) -> seen.add(name + " " + event + args.values());
    }

    @Test
    void whateverIsSentToASocketIsShownOnceAndInOrder() throws Exception {
        start(s -> {});
        SocketIoClient client = running.connect();
        SocketIoClient other = running.connect();
        Socket socket = socket(client);
        socket.onAnyOutgoing(note("own"));
        socket.emit("a", 1, "two");
        socket.emitDroppable("b");
        socket.send("c");
        socket.request(ASK, "d", Duration.ofSeconds(5)).cancel(true);
        socket.namespace().emit("e");
        socket(other).emit("f");
        socket(other).broadcast().emit("g", 7);
        socket.broadcast().emit("h");
        assertThat(seen)
                .containsExactly("own a[1, two]", "own b[]", "own message[c]", "own ask[d]", "own e[]", "own g[7]");
        client.expect("2['a',1,'two']", "2['b']", "2['message','c']", "20['ask','d']", "2['e']", "2['g',7]");
    }

    @Test
    void argumentsAreThoseThatWereGiven() throws Exception {
        List<Args> shown = new ArrayList<>();
        start(s -> s.namespace("/").onAnyOutgoing((socket, event, args) -> shown.add(args)));
        SocketIoClient client = running.connect();
        byte[] data = {1, 2, 3};
        Map<String, byte[]> map = Map.of("data", data);
        socket(client).emit(FILE, data);
        server.namespace("/").emit("nested", map);
        socket(client).emit("args", Args.of(1, 2));
        client.expect("51-['file',{'_placeholder':true,'num':0}]");
        assertThat(shown.get(0).get(0, byte[].class)).isSameAs(data);
        assertThat(shown.get(1).get(0, Object.class)).isSameAs(map);
        assertThat(shown.get(2).values()).containsExactly(1, 2);
    }

    @Test
    void aBroadcastIsShownOnceForEachRecipient() throws Exception {
        start(s -> s.namespace("/")
                .onAnyOutgoing(
                        (socket, event, args) -> seen.add(event + socket.rooms().size())));
        Socket one = socket(running.connect());
        Socket two = socket(running.connect());
        Socket three = socket(running.connect());
        two.join("red");
        three.join("red", "blue");
        one.namespace().to("red", "blue").emit("both");
        assertThat(seen).containsExactlyInAnyOrder("both2", "both3");
        seen.clear();
        one.namespace().to("red").except("blue").emit("red");
        one.namespace().to(one.id()).emit("single");
        three.broadcast().droppable().emit("others");
        one.namespace().to("green").emit("nobody");
        assertThat(seen).containsExactlyInAnyOrder("red2", "single1", "others1", "others2");
    }

    @Test
    void handlersOfTheNamespaceComeFirstAndPrependedOnesAheadOfTheirKind() throws Exception {
        start(s -> s.namespace("/").onAnyOutgoing(note("namespace 2")).prependAnyOutgoing(note("namespace 1")));
        Socket socket = socket(running.connect());
        OutgoingHandler last = note("own 2");
        OutgoingHandler first = note("own 1");
        socket.onAnyOutgoing(last);
        socket.prependAnyOutgoing(first);
        assertThat(socket.listenersAnyOutgoing()).containsExactly(first, last);
        socket.emit("x");
        assertThat(seen).containsExactly("namespace 1 x[]", "namespace 2 x[]", "own 1 x[]", "own 2 x[]");
    }

    @Test
    void removedHandlersAreShownNothing() throws Exception {
        start(s -> {});
        Socket socket = socket(running.connect());
        Registration first = socket.onAnyOutgoing(note("first"));
        socket.onAnyOutgoing(note("second"));
        assertThat(first.remove()).isTrue();
        assertThat(first.remove()).isFalse();
        socket.namespace().emit("a");
        socket.offAnyOutgoing();
        socket.emit("b");
        socket.namespace().emit("c");
        assertThat(seen).containsExactly("second a[]");
    }

    @Test
    void aFailingHandlerStopsNeitherTheNextNorThePacket() throws Exception {
        start(s -> s.namespace("/")
                .onAnyOutgoing((socket, event, args) -> {
                    throw new StackOverflowError("broken");
                })
                .onAnyOutgoing(note("next")));
        SocketIoClient client = running.connect();
        socket(client).emit("x");
        server.namespace("/").emit("y");
        client.expect("2['x']", "2['y']");
        assertThat(seen).containsExactly("next x[]", "next y[]");
    }

    @Test
    void whatAHandlerSendsIsNotShown() throws Exception {
        start(s -> s.namespace("/").onAnyOutgoing((socket, event, args) -> {
            seen.add(event);
            socket.emit("copy", event);
            socket.namespace().emit("all", event);
        }));
        SocketIoClient client = running.connect();
        socket(client).emit("x");
        client.expect("2['copy','x']", "2['all','x']", "2['x']");
        assertThat(seen).containsExactly("x");
    }

    @Test
    void whatIsNotSentIsNotShown() throws Exception {
        start(s -> s.namespace("/").onAnyOutgoing(note("namespace")));
        SocketIoClient client = running.connect();
        Socket socket = socket(client);
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        assertThatThrownBy(() -> socket.emit("x", circle)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.namespace().emit("x", circle)).isInstanceOf(IllegalArgumentException.class);
        client.leave();
        await().untilAsserted(() -> assertThat(socket.connected()).isFalse());
        socket.onAnyOutgoing(note("late"));
        assertThat(socket.listenersAnyOutgoing()).isEmpty();
        socket.emit("late");
        socket.namespace().emit("late");
        assertThat(seen).isEmpty();
    }

    @Test
    void handlersThatDoNotBlockLeaveTheLoopWhereSendingIsShown() throws Exception {
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        start(s -> s.namespace("/").nonBlocking(Event.of("n", Integer.class), (socket, n) -> {
            threads.add(Thread.currentThread().getName());
            socket.emit("n", n);
        }));
        SocketIoClient client = running.connect();
        client.send("2['n',1]").expect("2['n',1]");
        socket(client).onAnyOutgoing(note("own"));
        running.connect().send("2['n',2]").expect("2['n',2]");
        assertThat(threads).hasSize(2);
        assertThat(threads.poll()).startsWith("sockeye-loop-");
        assertThat(threads.poll()).doesNotStartWith("sockeye-loop-");
    }
}
