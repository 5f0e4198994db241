// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Namespace;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import io.sockeye.testing.WebSocketEngineClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamicNamespaceLifeTest {
    private static final Pattern TENANTS = Pattern.compile("^/tenant-\\d+$");

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private static void refuses(SocketIoClient client, String name) throws IOException {
        client.send("0" + name + ",").expect("4" + name + ",{'message':'Invalid namespace'}");
    }

    private static void hasNames(Sockeye server, String... names) {
        assertThat(server.namespaces()).extracting(Namespace::name).containsExactlyInAnyOrder(names);
    }

    // Life

    @Test
    void anEmptyChildStays() throws Exception {
        Sockeye server = running.start(s -> s.namespaces(TENANTS));
        running.open().join("/tenant-1").send("1/tenant-1,").join("/");
        hasNames(server, "/", "/tenant-1");
    }

    @Test
    void aChildThatNobodyWasLetIntoDoesNotStay() throws Exception {
        Sockeye server = running.start(s -> s.namespaces(TENANTS).use(handshake -> {
            throw new ConnectRefused("no");
        }));
        running.open().send("0/tenant-1,").expect("4/tenant-1,{'message':'no'}");
        hasNames(server, "/");
    }

    @Test
    void anEmptyChildGoesIfItShall() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder().cleanupEmptyChildNamespaces(true),
                s -> s.namespaces(TENANTS).on("out", Void.class, (socket, nothing) -> socket.disconnect()));
        SocketIoClient one = running.open().join("/tenant-1");
        SocketIoClient two = running.open().join("/tenant-1").join("/tenant-2");
        one.send("1/tenant-1,").join("/");
        hasNames(server, "/", "/tenant-1", "/tenant-2");
        two.send("2/tenant-2,['out']").expect("1/tenant-2,");
        await().untilAsserted(() -> hasNames(server, "/", "/tenant-1"));
        two.close();
        await().untilAsserted(() -> hasNames(server, "/"));
        one.join("/tenant-1");
        hasNames(server, "/", "/tenant-1");
    }

    @Test
    void aChildGoesWithAClientThatIsRefusedOrDiesWhileTheMiddlewareDecides() throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Sockeye server = running.start(
                Sockeye.builder().cleanupEmptyChildNamespaces(true),
                s -> s.namespaces(TENANTS).use(handshake -> {
                    if (handshake.auth("no") != null) {
                        throw new ConnectRefused("no");
                    }
                    deciding.countDown();
                    assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                }));
        running.open().send("0/tenant-1,{'no':''}").expect("4/tenant-1,{'message':'no'}");
        hasNames(server, "/");
        SocketIoClient dying = running.open().send("0/tenant-2,");
        assertThat(deciding.await(10, TimeUnit.SECONDS)).isTrue();
        hasNames(server, "/", "/tenant-2");
        dying.close();
        release.countDown();
        await().untilAsserted(() -> hasNames(server, "/"));
    }

    // Bounds

    @Test
    void moreNamespacesThanThereMayBeAreRefused() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder().maxDynamicNamespaces(2).cleanupEmptyChildNamespaces(true),
                s -> s.namespaces(TENANTS));
        SocketIoClient client = running.open().join("/tenant-1").join("/tenant-2");
        refuses(client, "/tenant-3");
        assertThatThrownBy(() -> server.namespace("/tenant-3"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maxDynamicNamespaces");
        running.open().join("/tenant-1");
        client.send("1/tenant-2,").join("/tenant-3");
    }

    @Test
    void aConnectionJoinsNoMoreThanAHundredNamespaces() throws Exception {
        running.start(s -> {
            s.namespaces(TENANTS);
            s.namespace("/named");
        });
        SocketIoClient client = running.open();
        for (int i = 0; i < 100; i++) {
            client.join("/tenant-" + i);
        }
        refuses(client, "/tenant-100");
        refuses(client, "/named");
        client.send("1/tenant-1,").join("/named").send("1/tenant-2,").join("/tenant-100");
    }

    @Test
    void namesThatAreBeingCheckedCountForTheConnection() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        running.start(s -> s.namespaces((name, handshake) -> release.await(10, TimeUnit.SECONDS)));
        SocketIoClient client = running.open();
        for (int i = 0; i < 100; i++) {
            client.send("0/slow-" + i + ",");
        }
        refuses(client, "/slow-100");
        release.countDown();
        assertThat(client.next()).startsWith("0/slow-");
    }

    // What the server sees

    @Test
    void newNamespacesAreObserved() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        running.start(s -> {
            s.namespace("/before");
            s.onNewNamespace(made -> {
                throw new IllegalStateException("broken");
            });
            s.onNewNamespace(made -> seen.add(made.name()));
            s.namespace("/after");
            s.namespaces(TENANTS);
        });
        assertThat(seen).containsExactly("/after");
        running.open().join("/tenant-1");
        running.open().join("/tenant-1");
        assertThat(seen).containsExactly("/after", "/tenant-1");
    }

    @Test
    void theServerMakesANamespaceOfAPatternForItsOwnUse() throws Exception {
        Sockeye server = running.start(s -> {
            s.namespaces((name, handshake) -> true);
            s.namespaces(TENANTS).onConnect(socket -> socket.emit("tenant"));
        });
        Namespace made = server.namespace("tenant-1");
        assertThat(server.namespace("/tenant-1")).isSameAs(made);
        assertThatThrownBy(() -> server.namespace("/else")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> made.on("late", String.class, (socket, text) -> {}))
                .isInstanceOf(IllegalStateException.class);
        running.open().join("/tenant-1").expect("2/tenant-1,['tenant']");
        assertThat(made.sockets()).hasSize(1);
    }

    @Test
    void parentsAndObserversAreDeclaredBeforeTheStart() {
        Sockeye server = running.start(s -> {});
        assertThatThrownBy(() -> server.namespaces(TENANTS)).hasMessageContaining("before start()");
        assertThatThrownBy(() -> server.namespaces((name, handshake) -> true)).hasMessageContaining("before start()");
        assertThatThrownBy(() -> server.onNewNamespace(made -> {})).hasMessageContaining("before start()");
    }

    @Test
    void healthCountsTheSocketsOfDynamicNamespaces() throws Exception {
        running.start(s -> s.namespaces(TENANTS));
        running.open().join("/tenant-1").join("/tenant-2");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
        try (RawHttpClient http = RawHttpClient.connect(address)) {
            assertThat(http.request("GET", "/health").read().body()).contains("\"sockets\":2");
        }
    }

    // Clients that come and go

    @Test
    void clientsThatComeAndGoMeetInLiveChildrenAndLeaveNone() throws Exception {
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        Sockeye server = running.start(
                Sockeye.builder().eventLoops(4).cleanupEmptyChildNamespaces(true),
                s -> s.namespaces(TENANTS)
                        .use(handshake -> {
                            if (handshake.auth("no") != null) {
                                throw new ConnectRefused("no");
                            }
                        })
                        .on("here", String.class, (socket, token) -> {
                            Namespace namespace = socket.namespace();
                            if (s.namespace(namespace.name()) != namespace) {
                                faults.add("a socket is in a namespace that is not in the table");
                            }
                            socket.join(token);
                            namespace.to(token).emit(token);
                        }));
        CompletableFuture<?>[] clients = IntStream.range(0, 8)
                .mapToObj(client -> OwnThread.run(() -> comeAndGo(client, faults)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(clients).get(60, TimeUnit.SECONDS);
        assertThat(faults).isEmpty();
        await().untilAsserted(() -> hasNames(server, "/"));
    }

    /** Joins and leaves the same two namespaces as the others do, in each way that there is. */
    private void comeAndGo(int number, Queue<String> faults) {
        try {
            for (int round = 0; round < 60; round++) {
                String name = "/tenant-" + round % 2;
                String token = "t" + number + "-" + round;
                try (SocketIoClient client = new SocketIoClient(WebSocketEngineClient.open(running.port(), ""))) {
                    client.send("0" + name + ",{'no':''}").expect("4" + name + ",{'message':'no'}");
                    client.join(name).send("2" + name + ",['here','" + token + "']");
                    client.expect("2" + name + ",['" + token + "']");
                    client.send("1" + name + ",").join(name);
                    client.send("2" + name + ",['here','" + token + "']");
                    client.expect("2" + name + ",['" + token + "']");
                    client.send(round % 3 == 0 ? "1" + name + "," : "0/tenant-9,");
                }
            }
        } catch (IOException | AssertionError e) {
            faults.add(e.toString());
        }
    }
}
