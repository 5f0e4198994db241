// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Namespace;
import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamicNamespaceTest {
    private static final Pattern TENANTS = Pattern.compile("^/tenant-\\d+$");
    private static final Request<String, String> WHERE = Request.of("where", String.class, String.class);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private static void refuses(SocketIoClient client, String name) throws IOException {
        client.send("0" + name + ",").expect("4" + name + ",{'message':'Invalid namespace'}");
    }

    private static void hasNames(Sockeye server, String... names) {
        assertThat(server.namespaces()).extracting(Namespace::name).containsExactlyInAnyOrder(names);
    }

    // Which namespaces are made

    @Test
    void aNamespaceThatThePatternIsFoundInIsMadeForItsFirstClient() throws Exception {
        Sockeye server = running.start(s -> s.namespaces(TENANTS));
        hasNames(server, "/");
        SocketIoClient client = running.open().join("/tenant-1");
        hasNames(server, "/", "/tenant-1");
        assertThat(server.namespace("/tenant-1").sockets())
                .extracting(Socket::id)
                .containsExactly(client.id());
    }

    @Test
    void otherNamesAreRefusedAndTheConnectionGoesOn() throws Exception {
        running.start(s -> s.namespaces(TENANTS));
        SocketIoClient client = running.open();
        refuses(client, "/tenant-x");
        refuses(client, "/tenant-1/more");
        client.join("/tenant-1");
    }

    @Test
    void aPatternThatIsNotTiedToTheEndsMatchesAPartOfTheName() throws Exception {
        running.start(s -> s.namespaces(Pattern.compile("room-\\d")));
        running.open().join("/my-room-7-there");
    }

    @Test
    void aPredicateSeesNameAndAuth() throws Exception {
        running.start(s -> s.namespaces(
                (name, handshake) -> name.equals(handshake.namespace()) && name.equals("/" + handshake.auth("user"))));
        SocketIoClient client = running.open();
        client.send("0/ann,{'user':'bob'}").expect("4/ann,{'message':'Invalid namespace'}");
        client.join("/ann", SocketIoClient.json("{'user':'ann'}"));
    }

    @Test
    void aPredicateThatFailsRefusesWithoutItsText() throws Exception {
        running.start(s -> {
            s.namespaces((name, handshake) -> {
                throw new IOException("password=hunter2");
            });
            s.namespaces(TENANTS);
        });
        running.open().send("0/tenant-1,").expect("4/tenant-1,{'message':'Connection refused'}");
    }

    @Test
    void aPredicateMayRefuseWithItsOwnWords() throws Exception {
        running.start(s -> s.namespaces((name, handshake) -> {
            throw new ConnectRefused("unpaid", 402);
        }));
        running.open().send("0/tenant-1,").expect("4/tenant-1,{'message':'unpaid','data':402}");
    }

    @Test
    void aPredicateMayBlockWhileTheClientGoesOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        running.start(s -> s.namespaces((name, handshake) -> release.await(10, TimeUnit.SECONDS)));
        SocketIoClient client = running.open().send("0/slow,").join("/");
        release.countDown();
        assertThat(client.next()).startsWith("0/slow,{");
    }

    @Test
    void aSecondConnectWhileThePredicateDecidesClosesTheConnection() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        running.start(s -> s.namespaces((name, handshake) -> release.await(10, TimeUnit.SECONDS)));
        assertThat(running.open().send("0/slow,").send("0/slow,").ended()).isTrue();
        release.countDown();
    }

    @Test
    void parentsAreAskedInTheOrderOfTheirDeclaration() throws Exception {
        running.start(s -> {
            s.namespaces(Pattern.compile("^/a")).onConnect(socket -> socket.emit("first"));
            s.namespaces((name, handshake) -> true).onConnect(socket -> socket.emit("second"));
            s.namespaces(Pattern.compile("^/b")).onConnect(socket -> socket.emit("third"));
        });
        running.open().join("/a1").expect("2/a1,['first']").join("/b1").expect("2/b1,['second']");
    }

    @Test
    void whatWasDeclaredByNameComesFirst() throws Exception {
        running.start(s -> {
            s.namespaces(TENANTS).onConnect(socket -> socket.emit("dynamic"));
            s.namespace("/tenant-0").onConnect(socket -> socket.emit("by name"));
        });
        running.open().join("/tenant-0").expect("2/tenant-0,['by name']");
    }

    // What children have from their parent

    @Test
    void childrenHaveTheHandlersOfTheirParent() throws Exception {
        running.start(s -> s.namespaces(TENANTS)
                .useEvent((socket, event, args) -> socket.join("seen"))
                .on(WHERE, (socket, text) -> text + socket.namespace().name())
                .nonBlocking(Event.of("quick", String.class), (socket, text) -> socket.emit("quick", text)));
        running.open()
                .join("/tenant-1")
                .join("/tenant-2")
                .send("2/tenant-1,1['where','in ']")
                .expect("3/tenant-1,1['in /tenant-1']")
                .send("2/tenant-2,1['where','in ']")
                .expect("3/tenant-2,1['in /tenant-2']")
                .send("2/tenant-2,['quick','x']")
                .expect("2/tenant-2,['quick','x']");
    }

    @Test
    void childrenHaveTheMiddlewareOfTheirParent() throws Exception {
        running.start(s -> s.namespaces(TENANTS).use(handshake -> {
            if (handshake.auth("token") == null) {
                throw new ConnectRefused("who are you");
            }
        }));
        running.open()
                .send("0/tenant-1,")
                .expect("4/tenant-1,{'message':'who are you'}")
                .join("/tenant-1", SocketIoClient.json("{'token':'t'}"))
                .send("0/tenant-2,")
                .expect("4/tenant-2,{'message':'who are you'}");
    }

    @Test
    void roomsOfOneChildAreNotThoseOfAnother() throws Exception {
        Sockeye server = running.start(s -> s.namespaces(TENANTS)
                .on("join", String.class, (socket, room) -> socket.join(room))
                .on(
                        "tell",
                        String.class,
                        (socket, room) -> socket.namespace().to(room).emit("told")));
        SocketIoClient one = running.open()
                .join("/tenant-1")
                .send("2/tenant-1,1['join','r']")
                .expect("3/tenant-1,1[]");
        SocketIoClient two = running.open()
                .join("/tenant-2")
                .send("2/tenant-2,1['join','r']")
                .expect("3/tenant-2,1[]");
        one.send("2/tenant-1,['tell','r']").expect("2/tenant-1,['told']");
        server.namespace("/tenant-2").emit("done");
        two.expect("2/tenant-2,['done']");
    }

    // Parents

    @Test
    void aBroadcastOfTheParentReachesTheSocketsOfAllChildren() throws Exception {
        Queue<Namespace> parents = new ConcurrentLinkedQueue<>();
        running.start(s -> {
            parents.add(s.namespaces(TENANTS).on(WHERE, (socket, room) -> {
                socket.join(room);
                return room;
            }));
            s.namespaces(Pattern.compile("^/other"));
        });
        Namespace parent = parents.remove();
        SocketIoClient one = running.open()
                .join("/tenant-1")
                .send("2/tenant-1,1['where','r']")
                .expect("3/tenant-1,1['r']");
        SocketIoClient two = running.open()
                .join("/tenant-2")
                .send("2/tenant-2,1['where','q']")
                .expect("3/tenant-2,1['q']");
        SocketIoClient other = running.open().join("/other");
        parent.emit("all", 1);
        parent.to("r").emit("in r");
        parent.in("q").droppable().emit("in q");
        parent.except("r").local().emit("not r");
        parent.to(two.id()).emit(Event.of("you", Void.class));
        parent.emit(Event.of("end", Integer.class), 2);
        one.expect("2/tenant-1,['all',1]", "2/tenant-1,['in r']", "2/tenant-1,['end',2]");
        two.expect(
                "2/tenant-2,['all',1]",
                "2/tenant-2,['in q']",
                "2/tenant-2,['not r']",
                "2/tenant-2,['you']",
                "2/tenant-2,['end',2]");
        other.join("/tenant-3");
    }

    @Test
    void theParentFindsTheSocketsOfAllChildren() throws Exception {
        Queue<Namespace> parents = new ConcurrentLinkedQueue<>();
        running.start(s -> parents.add(s.namespaces(TENANTS).onConnect(socket -> {
            socket.join("r");
            socket.emit("joined");
        })));
        SocketIoClient one = running.open().join("/tenant-1").expect("2/tenant-1,['joined']");
        SocketIoClient two = running.open().join("/tenant-2").expect("2/tenant-2,['joined']");
        Namespace parent = parents.remove();
        assertThat(parent.sockets()).extracting(Socket::id).containsExactlyInAnyOrder(one.id(), two.id());
        assertThat(parent.socket(two.id())).map(Socket::id).contains(two.id());
        assertThat(parent.socket("nobody")).isEmpty();
        assertThat(parent.members("r")).isEqualTo(2);
        assertThat(parent.name()).isEqualTo(TENANTS.pattern());
    }

    @Test
    void reservedNamesAreRefusedEvenWithoutAnyChild() {
        running.start(s -> {
            Namespace parent = s.namespaces(TENANTS);
            assertThatThrownBy(() -> parent.emit("disconnect")).isInstanceOf(IllegalArgumentException.class);
        });
    }
}
