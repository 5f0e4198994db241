// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static io.sockeye.testing.SocketIoClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.ConnectionError;
import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.Socket;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import io.sockeye.testing.WebSocketEngineClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionLimitTest {
    private static final String FULL = "Server at capacity, try again later";
    private static final String FULL_ERROR = "4{'message':'Server at capacity, try again later'}";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Sockeye server;

    /** How a connection comes to its end. */
    private enum End {
        LEAVES {
            @Override
            void end(Sockeye server, SocketIoClient client) throws IOException {
                client.leave();
            }
        },
        BREAKS {
            @Override
            void end(Sockeye server, SocketIoClient client) throws IOException {
                client.close();
            }
        },
        IS_SENT_AWAY {
            @Override
            void end(Sockeye server, SocketIoClient client) throws IOException {
                server.namespace("/").sockets().forEach(Socket::disconnectAll);
                client.leave();
            }
        },
        IS_SILENT {
            @Override
            void end(Sockeye server, SocketIoClient client) {
                // its pongs do not come
            }
        },
        BREAKS_A_RULE {
            @Override
            void end(Sockeye server, SocketIoClient client) throws IOException {
                client.send("9");
                client.leave();
            }
        };

        abstract void end(Sockeye server, SocketIoClient client) throws IOException;
    }

    private void start(SockeyeBuilder options) {
        server = running.start(options.shutdownTimeout(Duration.ofMillis(200)), s -> s.webSocket("/plain"));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
    }

    private int connections() {
        return server.connections().connections();
    }

    private void awaitConnections(int count) {
        await().until(() -> connections() == count);
    }

    private long refused(RefusalReason reason) {
        return server.connections().refused().get(reason);
    }

    @ParameterizedTest
    @EnumSource
    void theCountGoesDownAfterAnyKindOfEnding(End end) throws Exception {
        start(Sockeye.builder()
                .maxConnections(1)
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200)));
        SocketIoClient client = running.connect();
        assertThat(connections()).isEqualTo(1);
        end.end(server, client);
        awaitConnections(0);
        running.connect();
        assertThat(refused(RefusalReason.CAPACITY)).isZero();
    }

    @Test
    void theOneTooManyIsToldSoOverAWebSocket() throws Exception {
        start(Sockeye.builder().maxConnections(1));
        SocketIoClient first = running.connect();
        SocketIoClient second = running.open().send("0").expect(FULL_ERROR);
        assertThat(second.ended()).isTrue();
        assertThat(connections()).isEqualTo(1);
        assertThat(refused(RefusalReason.CAPACITY)).isEqualTo(1);
        assertThat(server.namespace("/").sockets()).hasSize(1);
        first.close();
        awaitConnections(0);
        running.connect();
    }

    @Test
    void theOneTooManyIsToldSoOverLongPolling() throws Exception {
        start(Sockeye.builder().maxConnections(1));
        running.connect();
        RawHttpClient http = running.closing(RawHttpClient.connect(address()));
        String target = handshake(http);
        http.request("POST", target, "Content-Length: 2").send("40");
        assertThat(http.read().body()).isEqualTo("ok");
        assertThat(http.request("GET", target).read().body())
                .startsWith(json("44{'message':'Server at capacity, try again later'}"));
        await().until(() -> {
            http.request("GET", target).read();
            return server.connections().turnedAway() == 0;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHandlerOfErrorsIsToldOfTheOneTooMany(boolean polling) throws Exception {
        LinkedBlockingQueue<ConnectionError> errors = new LinkedBlockingQueue<>();
        start(Sockeye.builder().maxConnections(1).onConnectionError(errors::add));
        running.connect();
        if (polling) {
            handshake(running.closing(RawHttpClient.connect(address())));
        } else {
            running.open().send("0").expect(FULL_ERROR);
        }
        ConnectionError error = errors.poll(10, TimeUnit.SECONDS);
        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(4);
        assertThat(error.context()).containsEntry("reason", RefusalReason.CAPACITY.label());
        assertThat(error.request().path()).isEqualTo("/socket.io/");
        assertThat(errors).isEmpty();
    }

    private static String handshake(RawHttpClient http) throws IOException {
        String opened = http.request("GET", POLLING).read().body();
        return POLLING + "&sid=" + opened.substring(9, opened.indexOf('"', 9));
    }

    @Test
    void theOneTooManyMayDoNothingElse() throws Exception {
        start(Sockeye.builder().maxConnections(1));
        running.connect();
        SocketIoClient second = running.open().send("2['hi']");
        assertThat(second.ended()).isTrue();
        await().until(() -> server.connections().turnedAway() == 0);
    }

    @Test
    void clientsOfSocketIo2AreToldToo() throws Exception {
        start(Sockeye.builder().maxConnections(1).allowEIO3(true));
        running.connect();
        RawWebSocketClient old =
                running.closing(RawWebSocketClient.connect(address(), "/socket.io/?EIO=3&transport=websocket"));
        assertThat(old.read().text()).startsWith("0{");
        assertThat(old.read().text()).isEqualTo("44\"" + FULL + "\"");
    }

    @Test
    void thereIsABoundOnThoseWhoAreToldAndTheRestIsRefusedAtTheHandshake() throws Exception {
        start(Sockeye.builder().maxConnections(1));
        running.connect();
        RawHttpClient http = running.closing(RawHttpClient.connect(address()));
        int told = 0;
        RawHttpClient.Response answer = http.request("GET", POLLING).read();
        while (answer.status() == 200) {
            told++;
            answer = http.request("GET", POLLING).read();
        }
        assertThat(told).isEqualTo(256);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo(json("{'code':4,'message':'Server at capacity, try again later'}"));
        RawWebSocketClient webSocket =
                running.closing(RawWebSocketClient.connect(address(), "/socket.io/?EIO=4&transport=websocket"));
        assertThat(webSocket.handshake().status()).isEqualTo(503);
        assertThat(refused(RefusalReason.CAPACITY)).isEqualTo(258);
        await().until(() -> server.connections().turnedAway() == 0);
    }

    @Test
    void plainWebSocketsAreCountedToo() throws Exception {
        start(Sockeye.builder().maxConnections(2));
        running.connect();
        RawWebSocketClient plain = running.closing(RawWebSocketClient.connect(address(), "/plain"));
        assertThat(plain.handshake().status()).isEqualTo(101);
        RawWebSocketClient third = running.closing(RawWebSocketClient.connect(address(), "/plain"));
        assertThat(third.handshake().status()).isEqualTo(503);
        assertThat(third.handshake().body()).isEqualTo(FULL);
        running.open().send("0").expect(FULL_ERROR);
        plain.closeFrame(1000, "");
        awaitConnections(1);
        assertThat(running.closing(RawWebSocketClient.connect(address(), "/plain"))
                        .handshake()
                        .status())
                .isEqualTo(101);
    }

    @Test
    void anUpgradeThatFailsIsCountedOnce() throws Exception {
        start(Sockeye.builder().maxConnections(5));
        RawHttpClient http = running.closing(RawHttpClient.connect(address()));
        String target = handshake(http).replace("polling", "websocket");
        for (int i = 0; i < 3; i++) {
            RawWebSocketClient.connect(address(), target).text("nonsense").close();
        }
        assertThat(connections()).isEqualTo(1);
        http.request("POST", target.replace("websocket", "polling"), "Content-Length: 1")
                .send("1");
        awaitConnections(0);
    }

    @Test
    void aThousandClientsComeAndGoAndNothingIsLeft() throws Exception {
        start(Sockeye.builder().maxConnections(50).maxConnectionsPerAddress(40));
        for (int round = 0; round < 20; round++) {
            List<SocketIoClient> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(new SocketIoClient(WebSocketEngineClient.open(running.port(), "")));
            }
            for (SocketIoClient client : clients) {
                client.close();
            }
            await().until(() -> connections() == 0 && server.connections().turnedAway() == 0);
        }
        await().until(() -> server.connections().tcpConnections() == 0);
        assertThat(refused(RefusalReason.ADDRESS)).isEqualTo(200);
    }

    @Test
    void anAddressHasItsOwnLimit() throws Exception {
        start(Sockeye.builder().maxConnectionsPerAddress(2).trustedProxies("127.0.0.1"));
        String from = "X-Forwarded-For: 203.0.113.7";
        running.open("", from).join("/");
        SocketIoClient second = running.open("", from).join("/");
        running.open("", from).send("0").expect("4{'message':'Too many connections from this address'}");
        assertThat(running.closing(RawWebSocketClient.connect(address(), "/plain", from))
                        .handshake()
                        .status())
                .isEqualTo(503);
        running.open("", "X-Forwarded-For: 203.0.113.8").join("/");
        assertThat(refused(RefusalReason.ADDRESS)).isEqualTo(2);
        second.close();
        awaitConnections(2);
        running.open("", from).join("/");
    }

    @Test
    void theAddressesOfOneSiteOfIpv6CountAsOne() throws Exception {
        start(Sockeye.builder().maxConnectionsPerAddress(1).trustedProxies("127.0.0.1"));
        running.open("", "X-Forwarded-For: 2001:db8::1").join("/");
        running.open("", "X-Forwarded-For: 2001:db8::ffff:2")
                .send("0")
                .expect("4{'message':'Too many connections from this address'}");
        running.open("", "X-Forwarded-For: 2001:db8:0:1::1").join("/");
    }

    @Test
    void anAddressHasABoundOnTcpConnections() throws Exception {
        start(Sockeye.builder().maxConnectionsPerAddress(1));
        List<RawHttpClient> idle = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            idle.add(running.closing(RawHttpClient.connect(address())));
        }
        await().until(() -> server.connections().tcpConnections() == 20);
        assertThat(running.closing(RawHttpClient.connect(address())).ended()).isTrue();
        assertThat(refused(RefusalReason.ADDRESS)).isEqualTo(1);
        idle.get(0).close();
        await().until(() -> server.connections().tcpConnections() == 19);
        running.connect();
    }

    @Test
    void ofConnectionsThatAskForNothingTheOldestGoes() throws Exception {
        start(Sockeye.builder().maxPendingConnections(3).eventLoops(1));
        RawHttpClient served = running.closing(RawHttpClient.connect(address()));
        assertThat(served.request("GET", "/health").read().status()).isEqualTo(200);
        List<RawHttpClient> idle = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            idle.add(running.closing(RawHttpClient.connect(address()).send(i % 2 == 0 ? "" : "GET / HT")));
            int expected = Math.min(i + 2, 4);
            await().until(() -> server.connections().tcpConnections() == expected);
        }
        assertThat(idle.get(0).ended()).isTrue();
        assertThat(refused(RefusalReason.PENDING)).isEqualTo(1);
        assertThat(served.request("GET", "/health").read().status()).isEqualTo(200);
        assertThat(idle.get(2).request("GET", "/health").read().status()).isEqualTo(200);
    }

    // Users

    private void startForUsers(SockeyeBuilder options) {
        server = running.start(
                options.connectionsPerUser(
                        2, handshake -> handshake.find(String.class).orElse(null)),
                s -> {
                    s.namespace("/").use(handshake -> {
                        String name = handshake.auth("name");
                        if (name != null) {
                            handshake.attach(String.class, name);
                        }
                    });
                    s.namespace("/second").use(handshake -> handshake.attach(String.class, "ann"));
                });
    }

    @Test
    void aUserHasALimit() throws Exception {
        startForUsers(Sockeye.builder());
        running.open().join("/", "{'name':'ann'}");
        SocketIoClient second = running.open().join("/", "{'name':'ann'}");
        SocketIoClient third =
                running.open().send("0{'name':'ann'}").expect("4{'message':'Too many connections of this user'}");
        third.join("/", "{'name':'bob'}");
        running.open().join("/");
        running.open().join("/");
        running.open().join("/");
        assertThat(refused(RefusalReason.USER)).isEqualTo(1);
        second.close();
        await().until(() -> server.namespace("/").sockets().size() == 5);
        running.open().join("/", "{'name':'ann'}");
    }

    @Test
    void aConnectionOfAUserCountsOnceWhateverItJoins() throws Exception {
        startForUsers(Sockeye.builder());
        SocketIoClient both = running.open().join("/", "{'name':'ann'}").join("/second");
        running.open().join("/", "{'name':'ann'}");
        SocketIoClient third =
                running.open().send("0/second,").expect("4/second,{'message':'Too many connections of this user'}");
        both.send("1/second,");
        await().until(() -> server.namespace("/second").sockets().isEmpty());
        third.send("0/second,").expect("4/second,{'message':'Too many connections of this user'}");
        both.send("1");
        await().until(() -> server.namespace("/").sockets().size() == 1);
        third.join("/second");
    }

    @Test
    void aUserWhoseKeyCannotBeToldIsRefused() throws Exception {
        server = running.start(
                Sockeye.builder().connectionsPerUser(1, handshake -> {
                    if (handshake.auth("why") != null) {
                        throw new ConnectRefused("no user");
                    }
                    throw new IOException("the directory is away");
                }),
                s -> {});
        running.open().send("0{'why':'x'}").expect("4{'message':'no user'}");
        running.open().send("0").expect("4{'message':'Connection refused'}");
    }

    @Test
    void aUserWhoComesBackWithoutMiddlewareIsCountedAgain() throws Exception {
        startForUsers(Sockeye.builder()
                .connectionStateRecovery(
                        ConnectionStateRecovery.builder().skipMiddlewares(true).build()));
        SocketIoClient first = running.open().send("0{'name':'ann'}");
        String answer = first.next();
        String recoveryId = answer.substring(answer.indexOf(json("'pid':'")) + 7, answer.length() - 2);
        server.namespace("/").emit("hello");
        String event = first.next();
        String offset = event.substring(event.lastIndexOf(',') + 2, event.length() - 2);
        first.close();
        await().until(() -> server.namespace("/").sockets().isEmpty());
        running.open()
                .send("0{'pid':'" + recoveryId + "','offset':'" + offset + "'}")
                .next();
        running.open().join("/", "{'name':'ann'}");
        running.open().send("0{'name':'ann'}").expect("4{'message':'Too many connections of this user'}");
    }
}
