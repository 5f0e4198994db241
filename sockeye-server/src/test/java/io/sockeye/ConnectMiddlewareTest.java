// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static io.sockeye.testing.SocketIoClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.ConnectMiddleware;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Handshake;
import io.sockeye.api.Socket;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectMiddlewareTest {
    @RegisterExtension
    final RunningServer running = new RunningServer();

    record User(String name) {}

    record Login(String token, int level) {}

    private Sockeye guarded(ConnectMiddleware middleware) {
        return running.start(s -> s.namespace("/").use(middleware));
    }

    @Test
    void middlewareRunsInTheOrderOfRegistrationBeforeTheConnectHandler() throws Exception {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        running.start(s -> s.namespace("/")
                .use(handshake -> order.add("first"))
                .use(handshake -> order.add("second"))
                .onConnect(socket -> {
                    order.add("connected");
                    socket.emit("ready");
                }));
        running.connect().expect("2['ready']");
        assertThat(order).containsExactly("first", "second", "connected");
    }

    @Test
    void aRefusalCarriesItsMessageAndDataAndAsksNobodyElse() throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        Sockeye server = running.start(s -> s.namespace("/")
                .use(handshake -> {
                    throw new ConnectRefused("Authentication error: Invalid token", Map.of("code", 7));
                })
                .use(handshake -> asked.add("second"))
                .onConnect(socket -> asked.add("connect"))
                .onDisconnect((socket, reason) -> asked.add("disconnect")));
        SocketIoClient client =
                running.open().send("0").expect("4{'message':'Authentication error: Invalid token','data':{'code':7}}");
        client.send("2['hi']");
        assertThat(client.ended()).isTrue();
        assertThat(server.namespace("/").sockets()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aRefusalWithoutDataHasNoDataKey() throws Exception {
        guarded(handshake -> {
            throw new ConnectRefused("no");
        });
        running.open().send("0").expect("4{'message':'no'}");
    }

    @Test
    void aRefusedClientMayTryAgain() throws Exception {
        guarded(handshake -> {
            if (handshake.auth("token") == null) {
                throw new ConnectRefused("Authentication error: Token missing");
            }
        });
        running.open()
                .send("0")
                .expect("4{'message':'Authentication error: Token missing'}")
                .join("/", "{'token':'t'}");
    }

    @Test
    void theCheckIsNotSkippedWhenTheClientSendsNoAuth() throws Exception {
        guarded(handshake -> {
            assertThat(handshake.auth()).isEmpty();
            throw new ConnectRefused("asked");
        });
        running.open().send("0").expect("4{'message':'asked'}");
        running.open().send("0{}").expect("4{'message':'asked'}");
    }

    @Test
    void anyOtherExceptionRefusesWithoutItsText() throws Exception {
        guarded(handshake -> {
            throw new IOException("password=hunter2");
        });
        running.open().send("0").expect("4{'message':'Connection refused'}");
    }

    @Test
    void anErrorInTheMiddlewareRefusesToo() throws Exception {
        guarded(handshake -> {
            throw new StackOverflowError("password=hunter2");
        });
        running.open().send("0").expect("4{'message':'Connection refused'}");
    }

    @Test
    void aRefusalWhoseDataCannotBeWrittenStillRefuses() throws Exception {
        List<Object> data = new ArrayList<>();
        data.add(data);
        Sockeye server = guarded(handshake -> {
            throw new ConnectRefused("no", data);
        });
        running.open().send("0").expect("4{'message':'no'}");
        assertThat(server.namespace("/").sockets()).isEmpty();
    }

    @Test
    void aSlowDecisionHoldsUpNobodyElse() throws Exception {
        CountDownLatch decide = new CountDownLatch(1);
        running.start(s -> {
            s.namespace("/slow")
                    .use(handshake ->
                            assertThat(decide.await(10, TimeUnit.SECONDS)).isTrue());
            s.namespace("/").on("hi", Void.class, (socket, nothing) -> socket.emit("hi"));
        });
        SocketIoClient client =
                running.open().send("0/slow,").join("/").send("2['hi']").expect("2['hi']");
        decide.countDown();
        assertThat(client.next()).startsWith(json("0/slow,{'sid':'"));
    }

    @Test
    void anEventWhileTheMiddlewareDecidesClosesTheConnection() throws Exception {
        CountDownLatch decide = new CountDownLatch(1);
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Sockeye server = running.start(s -> s.namespace("/")
                .use(handshake -> assertThat(decide.await(10, TimeUnit.SECONDS)).isTrue())
                .onConnect(socket -> handled.add("connect"))
                .on("early", Void.class, (socket, nothing) -> handled.add("early")));
        SocketIoClient client = running.open().send("0").send("2['early']");
        assertThat(client.ended()).isTrue();
        decide.countDown();
        running.connect();
        assertThat(handled).doesNotContain("early").hasSizeLessThanOrEqualTo(1);
        assertThat(server.namespace("/").sockets()).hasSize(1);
    }

    @Test
    void aSecondConnectWhileTheMiddlewareDecidesClosesTheConnection() throws Exception {
        CountDownLatch decide = new CountDownLatch(1);
        guarded(handshake -> assertThat(decide.await(10, TimeUnit.SECONDS)).isTrue());
        assertThat(running.open().send("0").send("0").ended()).isTrue();
        decide.countDown();
    }

    @Test
    void aClientThatLeavesWhileTheMiddlewareDecidesLeavesNoTrace() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch decide = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Sockeye server = running.start(s -> {
            s.namespace("/slow")
                    .use(handshake -> {
                        asked.countDown();
                        assertThat(decide.await(10, TimeUnit.SECONDS)).isTrue();
                        decided.countDown();
                    })
                    .onConnect(socket -> handled.add("connect"))
                    .onDisconnect((socket, reason) -> handled.add("disconnect"));
            s.namespace("/").onDisconnect((socket, reason) -> handled.add("main left"));
        });
        SocketIoClient client = running.connect().send("0/slow,");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        client.close();
        await().untilAsserted(() -> assertThat(handled).containsExactly("main left"));
        decide.countDown();
        assertThat(decided.await(10, TimeUnit.SECONDS)).isTrue();
        running.connect();
        running.connect();
        assertThat(server.namespace("/slow").sockets()).isEmpty();
        assertThat(handled).containsExactly("main left");
    }

    @Test
    void whatMiddlewareAttachesIsOnTheSocket() throws Exception {
        running.start(s -> s.namespace("/")
                .use(handshake -> handshake.attach(User.class, new User(handshake.auth("name"))))
                .use(handshake -> assertThat(handshake.find(User.class)).isPresent())
                .onConnect(socket -> socket.emit("you", socket.get(User.class).name())));
        running.open().join("/", "{'name':'Ada'}").expect("2['you','Ada']");
    }

    @Test
    void theAuthObjectIsReadAsMapFieldAndRecord() throws Exception {
        CompletableFuture<Handshake> shaken = new CompletableFuture<>();
        guarded(shaken::complete);
        running.open().join("/", "{'token':'t','level':3,'extra':[1]}");
        Handshake handshake = shaken.get(10, TimeUnit.SECONDS);
        assertThat(handshake.auth()).containsOnlyKeys("token", "level", "extra");
        assertThat(handshake.auth("token")).isEqualTo("t");
        assertThat(handshake.auth("level")).isNull();
        assertThat(handshake.auth("absent")).isNull();
        assertThat(handshake.authAs(Login.class)).isEqualTo(new Login("t", 3));
    }

    @Test
    void anAuthObjectOfAnotherShapeRefusesWithoutDetails() throws Exception {
        guarded(handshake -> handshake.authAs(Login.class));
        running.open().send("0{'token':'t','level':'high'}").expect("4{'message':'Connection refused'}");
    }

    @Test
    void theHandshakeShowsTheFirstRequest() throws Exception {
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        running.start(s -> s.namespace("/").onConnect(connected::complete));
        running.open("&name=J%C3%BCrgen&a=1&a=2", "X-Trace: abc").join("/");
        Handshake handshake = connected.get(10, TimeUnit.SECONDS).handshake();
        assertThat(handshake.headers().first("x-trace")).isEqualTo("abc");
        assertThat(handshake.query().get("name")).containsExactly("Jürgen");
        assertThat(handshake.query().get("a")).containsExactly("1", "2");
        assertThat(handshake.url()).startsWith("/socket.io/?EIO=4&transport=websocket");
        assertThat(handshake.address()).isEqualTo("127.0.0.1");
        assertThat(handshake.secure()).isFalse();
        assertThat(handshake.crossDomain()).isFalse();
        assertThat(handshake.namespace()).isEqualTo("/");
        assertThat(handshake.issued()).isBeforeOrEqualTo(Instant.now());
    }
}
