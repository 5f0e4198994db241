// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.Metric;
import io.sockeye.api.RequestFailed;
import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.spi.EventObserver;
import io.sockeye.spi.ServerObserver;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Sockeye server;

    private double value(String name, String... labels) {
        return server.metrics().value(name, labels);
    }

    private void awaitValue(double expected, String name, String... labels) {
        await().until(() -> value(name, labels) == expected);
    }

    @Test
    void connectionsAreCountedByTransportAndProtocolWhileTheyLast() throws Exception {
        server = running.start(Sockeye.builder().allowEIO3(true), s -> s.webSocket("/socket"));
        SocketIoClient first = running.connect();
        running.connectPolling();
        running.closing(RawWebSocketClient.connect(address(), "/socket.io/?EIO=3&transport=websocket"));
        running.closing(RawWebSocketClient.connect(address(), "/socket"));
        awaitValue(1, "sockeye.connections", "transport", "websocket", "protocol", "engineio4");
        awaitValue(1, "sockeye.connections", "transport", "polling", "protocol", "engineio4");
        awaitValue(1, "sockeye.connections", "transport", "websocket", "protocol", "engineio3");
        awaitValue(1, "sockeye.connections", "transport", "websocket", "protocol", "plain");
        assertThat(value("sockeye.connections")).isEqualTo(4);
        assertThat(value("sockeye.handshakes", "result", "accepted")).isEqualTo(3);
        assertThat(value("sockeye.websocket.handshakes", "result", "accepted")).isEqualTo(1);
        awaitValue(3, "sockeye.sockets");
        first.close();
        awaitValue(0, "sockeye.connections", "transport", "websocket", "protocol", "engineio4");
        awaitValue(1, "sockeye.connections.closed", "reason", "transport_close");
        awaitValue(1, "sockeye.sockets.disconnected", "reason", "transport_close");
        awaitValue(2, "sockeye.sockets");
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    @Test
    void anUpgradeTurnsAPollingConnectionIntoOneOnAWebSocket() throws Exception {
        server = running.start(s -> {});
        RawHttpClient http = running.closing(RawHttpClient.connect(address()));
        String target = "/socket.io/?EIO=4&transport=polling";
        String opened = http.request("GET", target).read().body();
        String session = opened.substring(9, opened.indexOf('"', 9));
        assertThat(value("sockeye.connections", "transport", "polling")).isEqualTo(1);
        RawWebSocketClient webSocket = running.closing(
                RawWebSocketClient.connect(address(), "/socket.io/?EIO=4&transport=websocket&sid=" + session));
        webSocket.text("2probe");
        assertThat(webSocket.read().text()).isEqualTo("3probe");
        webSocket.text("5");
        awaitValue(1, "sockeye.upgrades", "result", "completed");
        awaitValue(1, "sockeye.connections", "transport", "websocket");
        assertThat(value("sockeye.connections", "transport", "polling")).isZero();
    }

    @Test
    void refusedHandshakesAndRequestsAreCountedByReason() throws Exception {
        server = running.start(s -> {});
        RawHttpClient http = running.closing(RawHttpClient.connect(address()));
        http.request("GET", "/socket.io/?EIO=3&transport=polling").read();
        http.request("GET", "/socket.io/?EIO=4&transport=polling", "Origin: https://elsewhere.example")
                .read();
        http.request("GET", "/socket.io/?EIO=4&transport=polling&sid=unknown").read();
        assertThat(value("sockeye.handshakes", "result", "unsupported_protocol_version"))
                .isEqualTo(1);
        assertThat(value("sockeye.handshakes", "result", "forbidden")).isEqualTo(1);
        assertThat(value("sockeye.requests.refused", "reason", "unknown_session"))
                .isEqualTo(1);
        assertThat(value("sockeye.handshakes", "result", "accepted")).isZero();
    }

    @Test
    void packetsAndTheirBytesAreCountedBothWays() throws Exception {
        server = running.start(s -> s.namespace("/")
                .on(Request.of("echo", String.class, String.class), (socket, text) -> text)
                .onConnect(socket -> socket.join("room")));
        SocketIoClient client = running.connect();
        double in = value("sockeye.packets", "direction", "in", "protocol", "socketio");
        double bytesIn = value("sockeye.traffic", "direction", "in", "protocol", "socketio");
        double out = value("sockeye.packets", "direction", "out", "protocol", "socketio");
        double bytesOut = value("sockeye.traffic", "direction", "out", "protocol", "socketio");
        client.send("27['echo','abc']").expect("37['abc']");
        server.namespace("/").to("room").emit("x");
        client.expect("2['x']");
        assertThat(value("sockeye.packets", "direction", "in", "protocol", "socketio") - in)
                .isEqualTo(1);
        assertThat(value("sockeye.traffic", "direction", "in", "protocol", "socketio") - bytesIn)
                .isEqualTo("427[\"echo\",\"abc\"]".length());
        assertThat(value("sockeye.packets", "direction", "out", "protocol", "socketio") - out)
                .isEqualTo(2);
        assertThat(value("sockeye.traffic", "direction", "out", "protocol", "socketio") - bytesOut)
                .isEqualTo("437[\"abc\"]".length() + "42[\"x\"]".length());
        assertThat(value("sockeye.rooms")).isEqualTo(1);
    }

    @Test
    void whatWaitsForAClientIsCountedAndForgottenWithIt() throws Exception {
        server = running.start(s -> {});
        SocketIoClient client = running.connectPolling();
        server.namespace("/").emit("waits", "x".repeat(5_000));
        server.namespace("/").emit("waits", "x".repeat(5_000));
        awaitValue(2, "sockeye.outbox.packets");
        assertThat(value("sockeye.memory", "part", "outboxes")).isGreaterThan(10_000);
        client.next();
        client.next();
        awaitValue(0, "sockeye.outbox.packets");
        server.namespace("/").emit("waits");
        awaitValue(1, "sockeye.outbox.packets");
        client.leave();
        awaitValue(0, "sockeye.outbox.packets");
        assertThat(value("sockeye.memory", "part", "outboxes")).isZero();
    }

    @Test
    void everyLoopTellsOfItsLag() {
        server = running.start(Sockeye.builder().eventLoops(2), s -> {});
        for (String loop : List.of("0", "1")) {
            assertThat(value("sockeye.loop.lag", "loop", loop)).isNotNegative();
            assertThat(value("sockeye.loop.tasks", "loop", loop)).isNotNegative();
        }
        assertThat(value("sockeye.memory", "part", "network_buffers")).isNotNegative();
    }

    @Test
    void namesAndLabelsAreTheSameEachTime() throws Exception {
        server = running.start(s -> s.namespace("/"));
        List<String> before = names();
        running.connect().send("2['a']");
        assertThat(names()).isEqualTo(before).doesNotHaveDuplicates();
        assertThatThrownBy(() -> value("sockeye.nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sockeye.nothing");
    }

    private List<String> names() {
        return server.metrics().all().stream()
                .map((Metric metric) -> metric.name() + metric.labels())
                .toList();
    }

    // Observers

    private final Queue<String> observed = new ConcurrentLinkedQueue<>();

    private EventObserver observer(String namespace, String event) {
        String name = namespace + " " + event;
        return new EventObserver() {
            @Override
            public Object began(Socket socket) {
                observed.add(name + " began");
                return name;
            }

            @Override
            public void returned(Object begun) {
                observed.add(begun + " returned");
            }

            @Override
            public void ended(Object begun, long nanos, Throwable failure) {
                observed.add(begun + (failure == null ? " ended" : " failed"));
            }
        };
    }

    @Test
    void anObserverSeesTheHandlersOfDeclaredEventsByNameAndAllElseAsOther() throws Exception {
        server = running.start(s -> {
            s.observe(this::observer);
            s.namespace("/")
                    .on(Request.of("echo", String.class, String.class), (socket, text) -> text)
                    .nonBlocking(Event.of("fast", String.class), (socket, text) -> {})
                    .on("bad", String.class, (socket, text) -> {
                        throw new RequestFailed("no");
                    });
        });
        SocketIoClient client = running.connect();
        client.send("21['echo','a']").expect("31['a']");
        client.send("22['fast','a']").expect("32[]");
        client.send("23['bad','a']").expect("33[{'status':'error','message':'no'}]");
        client.send("2['made-up']").send("24['echo','a']").expect("34['a']");
        assertThat(observed)
                .startsWith(
                        "/ echo began",
                        "/ echo returned",
                        "/ echo ended",
                        "/ fast began",
                        "/ fast returned",
                        "/ fast ended",
                        "/ bad began",
                        "/ bad returned",
                        "/ bad failed",
                        "/ other began",
                        "/ other returned",
                        "/ other ended");
    }

    @Test
    void anAsynchronousHandlerEndsWithItsStageForEveryObserver() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> failing = new CompletableFuture<>();
        server = running.start(s -> {
            s.observe(this::observer);
            s.observe((namespace, event) -> observer("second", event));
            s.namespace("/")
                    .onAsync(Request.of("later", String.class, String.class), (socket, text) -> answer)
                    .onAsync(Request.of("fails", String.class, String.class), (socket, text) -> failing);
        });
        SocketIoClient client = running.connect();
        client.send("21['later','a']");
        await().until(() -> observed.size() == 4);
        assertThat(observed)
                .containsExactly("second later began", "/ later began", "/ later returned", "second later returned");
        observed.clear();
        answer.complete("b");
        client.expect("31['b']");
        await().until(() -> observed.size() == 2);
        assertThat(observed).containsExactly("/ later ended", "second later ended");
        client.send("22['fails','a']");
        await().until(() -> observed.size() == 6);
        failing.completeExceptionally(new RequestFailed("no"));
        client.expect("32[{'status':'error','message':'no'}]");
        await().until(() -> observed.contains("/ fails failed") && observed.contains("second fails failed"));
    }

    @Test
    void anObserverThatFailsCostsNoEvent() throws Exception {
        server = running.start(s -> {
            s.observe((namespace, event) -> new EventObserver() {
                @Override
                public Object began(Socket socket) {
                    throw new IllegalStateException("began");
                }

                @Override
                public void ended(Object begun, long nanos, Throwable failure) {
                    throw new IllegalStateException("ended");
                }
            });
            s.namespace("/").on(Request.of("echo", String.class, String.class), (socket, text) -> text);
        });
        running.connect().send("21['echo','a']").expect("31['a']");
        ServerObserver late = this::observer;
        assertThatThrownBy(() -> server.observe(late))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before start()");
    }
}
