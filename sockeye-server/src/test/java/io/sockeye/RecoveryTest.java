// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.ConnectMiddleware;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.Handshake;
import io.sockeye.api.Namespace;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.api.Socket;
import io.sockeye.event.Request;
import io.sockeye.testing.PollingEngineClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import io.sockeye.testing.WebSocketEngineClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
    private static final Pattern ADMITTED = Pattern.compile("0\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern OFFSET = Pattern.compile(".*\"([^\"]+)\"]");

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private Namespace namespace;

    private void start(ConnectionStateRecovery recovery, Consumer<Namespace> handlers) {
        Sockeye server = running.start(
                Sockeye.builder().eventLoops(2).connectionStateRecovery(recovery),
                s -> handlers.accept(s.namespace("/")));
        namespace = server.namespace("/");
    }

    private void start(ConnectionStateRecovery recovery) {
        start(recovery, main -> main.onConnect(socket -> socket.join("room")));
    }

    private void start() {
        start(
                ConnectionStateRecovery.defaults(),
                main -> main.onConnect(socket -> {
                    if (!socket.recovered()) {
                        socket.join("room");
                        socket.data().put("name", "ada");
                    }
                }));
    }

    /** A client that notes what a client of the protocol notes. */
    private final class Client {
        private SocketIoClient raw;
        private String sid = "";
        private String pid = "";
        private String offset = "";

        Client() throws IOException {
            comeBack();
        }

        /** Connects with what it knows. The packets that came before the answer. */
        List<String> comeBack() throws IOException {
            raw = running.closing(new SocketIoClient(WebSocketEngineClient.open(running.port(), "")));
            raw.send(pid.isEmpty() ? "0" : "0{'pid':'" + pid + "','offset':'" + offset + "'}");
            return untilAdmitted();
        }

        private List<String> untilAdmitted() throws IOException {
            List<String> before = new ArrayList<>();
            while (true) {
                String packet = raw.next();
                Matcher admitted = ADMITTED.matcher(packet);
                if (admitted.matches()) {
                    sid = admitted.group(1);
                    pid = admitted.group(2);
                    return before;
                }
                before.add(take(packet));
            }
        }

        /** The next event without its offset. */
        String next() throws IOException {
            return take(raw.next());
        }

        private String take(String packet) {
            Matcher found = OFFSET.matcher(packet);
            assertThat(found.matches()).as(packet).isTrue();
            offset = found.group(1);
            return packet.replace(",\"" + offset + "\"]", "]");
        }

        Socket socket() {
            return await().until(() -> namespace.socket(sid).orElse(null), found -> found != null);
        }

        /** Breaks the connection off and waits until the server knows. */
        void cut() throws IOException {
            Socket socket = socket();
            raw.close();
            await().until(() -> !socket.connected());
        }
    }

    private Client connected() throws IOException {
        Client client = new Client();
        await().until(() -> client.socket().rooms().contains("room"));
        namespace.emit("first");
        assertThat(client.next()).isEqualTo("2[\"first\"]");
        return client;
    }

    @Test
    void comesBackAsTheSocketItWasWithAllThatItMissed() throws Exception {
        start();
        Client ada = connected();
        String sid = ada.sid;
        String pid = ada.pid;
        Socket before = ada.socket();
        ada.cut();
        namespace.emit("all", 1);
        namespace.to("room").emit("room", 2);
        namespace.to("elsewhere").emit("not", 3);
        namespace.except("room").emit("not", 4);
        namespace.to(sid).emit("own", 5);
        namespace.droppable().emit("not", 6);
        before.emit("direct", new byte[0].length);
        assertThat(ada.comeBack()).containsExactly("2[\"all\",1]", "2[\"room\",2]", "2[\"own\",5]", "2[\"direct\",0]");
        assertThat(ada.sid).isEqualTo(sid);
        assertThat(ada.pid).isEqualTo(pid);
        Socket after = ada.socket();
        assertThat(after).isNotSameAs(before);
        assertThat(after.recovered()).isTrue();
        assertThat(after.rooms()).containsExactlyInAnyOrder(sid, "room");
        assertThat(after.data()).containsEntry("name", "ada");
        namespace.to("room").emit("live");
        assertThat(ada.next()).isEqualTo("2[\"live\"]");
    }

    @Test
    void missesBinaryEventsNeither() throws Exception {
        start();
        Client ada = connected();
        ada.cut();
        namespace.emit("bytes", new byte[] {7});
        ada.raw = running.closing(new SocketIoClient(WebSocketEngineClient.open(running.port(), "")));
        ada.raw.send("0{'pid':'" + ada.pid + "','offset':'" + ada.offset + "'}");
        assertThat(ada.raw.next()).startsWith("51-[\"bytes\",{\"_placeholder\":true,\"num\":0},\"");
        assertThat(ada.raw.nextBinary()).containsExactly(7);
        assertThat(ada.untilAdmitted()).isEmpty();
    }

    @Test
    void canComeBackManyTimes() throws Exception {
        start();
        Client ada = connected();
        String sid = ada.sid;
        for (int i = 0; i < 20; i++) {
            ada.cut();
            namespace.to("room").emit("n", i);
            assertThat(ada.comeBack()).containsExactly("2[\"n\"," + i + "]");
            assertThat(ada.sid).isEqualTo(sid);
        }
    }

    @Test
    void takesOverFromAConnectionThatTheServerStillTakesForAlive() throws Exception {
        start();
        Client ada = connected();
        Socket before = ada.socket();
        String sid = ada.sid;
        SocketIoClient stale = ada.raw;
        assertThat(ada.comeBack()).isEmpty();
        assertThat(ada.sid).isEqualTo(sid);
        assertThat(before.connected()).isFalse();
        assertThat(stale.ended()).isTrue();
        namespace.to("room").emit("live");
        assertThat(ada.next()).isEqualTo("2[\"live\"]");
    }

    private void assertIsNew(Client client, String sid) throws IOException {
        assertThat(client.comeBack()).isEmpty();
        assertThat(client.sid).isNotEqualTo(sid);
        assertThat(client.socket().recovered()).isFalse();
    }

    @Test
    void isNewWithAnOffsetThatNobodyGave() throws Exception {
        start();
        Client ada = connected();
        ada.cut();
        ada.offset = "nonsense";
        assertIsNew(ada, ada.sid);
    }

    @Test
    void isNewWithASecretThatNobodyGave() throws Exception {
        start();
        Client ada = connected();
        ada.cut();
        ada.pid = "nonsense";
        assertIsNew(ada, ada.sid);
    }

    @Test
    void aSecretServesOnceAtATime() throws Exception {
        start();
        Client ada = connected();
        String sid = ada.sid;
        String pid = ada.pid;
        String offset = ada.offset;
        ada.cut();
        ada.comeBack();
        ada.raw.send("1");
        await().until(() -> namespace.socket(sid).isEmpty());
        ada.pid = pid;
        ada.offset = offset;
        assertIsNew(ada, sid);
    }

    @Test
    void isNewAfterTheServerEndedTheSocket() throws Exception {
        start();
        Client ada = connected();
        ada.socket().disconnect();
        assertThat(ada.raw.next()).isEqualTo("1");
        assertIsNew(ada, ada.sid);
    }

    @Test
    void isNewWhenItWasAwayForTooLong() throws Exception {
        start(ConnectionStateRecovery.builder()
                .maxDisconnectionDuration(Duration.ofMillis(50))
                .build());
        Client ada = connected();
        ada.cut();
        long cut = System.nanoTime();
        await().until(() -> System.nanoTime() - cut > 60_000_000);
        assertIsNew(ada, ada.sid);
    }

    @Test
    void isNewWhenItMissedTooManyEvents() throws Exception {
        start(ConnectionStateRecovery.builder().maxMissedPackets(2).build());
        Client ada = connected();
        ada.cut();
        for (int i = 0; i < 3; i++) {
            namespace.emit("n", i);
        }
        assertIsNew(ada, ada.sid);
    }

    @Test
    void isNewWhenItMissedTooManyBytes() throws Exception {
        start(ConnectionStateRecovery.builder().maxMissedBytes(1_000).build());
        Client ada = connected();
        ada.cut();
        namespace.emit("n", "x".repeat(1_000));
        assertIsNew(ada, ada.sid);
    }

    @Test
    void isNewWhenTheServerKeepsNoMore() throws Exception {
        start(ConnectionStateRecovery.builder().maxTotalBytes(2_000).build());
        Client ada = connected();
        ada.cut();
        for (int i = 0; i < 100; i++) {
            namespace.to("elsewhere").emit("n", i);
        }
        assertIsNew(ada, ada.sid);
    }

    @Test
    void isNewWhenPacketsForItWereDropped() throws Exception {
        Sockeye server = running.start(
                Sockeye.builder()
                        .outboxLimits(1_000_000, 2)
                        .slowConsumerPolicy(SlowConsumerPolicy.DROP_NEWEST)
                        .connectionStateRecovery(ConnectionStateRecovery.defaults()),
                s -> s.namespace("/").onConnect(socket -> socket.join("room")));
        namespace = server.namespace("/");
        Client ada = new Client();
        ada.raw.close();
        ada.pid = "";
        ada.raw = running.closing(new SocketIoClient(PollingEngineClient.open(running.port(), "")));
        ada.raw.send("0");
        ada.untilAdmitted();
        namespace.emit("first");
        assertThat(ada.next()).isEqualTo("2[\"first\"]");
        for (int i = 0; i < 4; i++) {
            namespace.emit("n", i);
        }
        // The loops answer behind what was sent, and no poll is there to take it.
        assertThat(namespace.fetchSockets().get(10, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(ada.next()).isEqualTo("2[\"n\",0]");
        assertIsNew(ada, ada.sid);
    }

    @Test
    void theOneThatIsAwayLongestIsForgottenFirst() throws Exception {
        start(ConnectionStateRecovery.builder().maxSessions(1).build());
        Client ada = connected();
        Client bob = new Client();
        namespace.emit("second");
        assertThat(ada.next()).isEqualTo(bob.next());
        ada.cut();
        bob.cut();
        assertIsNew(ada, ada.sid);
        String sid = bob.sid;
        bob.comeBack();
        assertThat(bob.sid).isEqualTo(sid);
    }

    @Test
    void whoCameBackMeanwhileIsNotTakenForTheOneThatIsAwayLongest() throws Exception {
        start(ConnectionStateRecovery.builder().maxSessions(2).build());
        Client ada = connected();
        Client bob = new Client();
        Client eve = new Client();
        namespace.emit("second");
        assertThat(List.of(ada.next(), bob.next(), eve.next())).containsOnly("2[\"second\"]");
        ada.cut();
        ada.comeBack();
        bob.cut();
        ada.cut();
        eve.cut();
        assertIsNew(bob, bob.sid);
        String sid = ada.sid;
        ada.comeBack();
        assertThat(ada.sid).isEqualTo(sid);
    }

    @Test
    void theConnectMiddlewareDecidesAgain() throws Exception {
        AtomicBoolean revoked = new AtomicBoolean();
        start(
                ConnectionStateRecovery.defaults(),
                main -> main.use(handshake -> {
                            if (revoked.get()) {
                                throw new ConnectRefused("revoked");
                            }
                        })
                        .onConnect(socket -> socket.join("room")));
        Client ada = connected();
        ada.cut();
        revoked.set(true);
        SocketIoClient raw = running.closing(new SocketIoClient(WebSocketEngineClient.open(running.port(), "")));
        raw.send("0{'pid':'" + ada.pid + "','offset':'" + ada.offset + "'}").expect("4{'message':'revoked'}");
        revoked.set(false);
        assertIsNew(ada, ada.sid);
    }

    private record User(String name) {}

    @Test
    void theMiddlewareCanBeSkippedAndWhatItAttachedComesBack() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        start(
                ConnectionStateRecovery.builder().skipMiddlewares(true).build(),
                main -> main.use(handshake -> {
                            asked.set(true);
                            handshake.attach(User.class, new User("ada"));
                        })
                        .onConnect(socket -> socket.join("room")));
        Client ada = connected();
        ada.cut();
        asked.set(false);
        ada.comeBack();
        assertThat(ada.socket().recovered()).isTrue();
        assertThat(ada.socket().get(User.class)).isEqualTo(new User("ada"));
        assertThat(asked).isFalse();
    }

    @Test
    void whoIsNewAfterAllIsAskedByTheMiddlewareThatIsSkippedOtherwise() throws Exception {
        AtomicBoolean revoked = new AtomicBoolean();
        start(
                ConnectionStateRecovery.builder()
                        .skipMiddlewares(true)
                        .maxMissedPackets(0)
                        .build(),
                main -> main.use(handshake -> {
                            if (revoked.get()) {
                                throw new ConnectRefused("revoked");
                            }
                        })
                        .onConnect(socket -> socket.join("room")));
        Client ada = connected();
        ada.cut();
        namespace.emit("missed");
        revoked.set(true);
        SocketIoClient raw = running.closing(new SocketIoClient(WebSocketEngineClient.open(running.port(), "")));
        raw.send("0{'pid':'" + ada.pid + "','offset':'" + ada.offset + "'}").expect("4{'message':'revoked'}");
        assertThat(namespace.sockets()).isEmpty();
    }

    @Test
    void keepsTheOrderOfWhatAHandlerOnTheLoopSends() throws Exception {
        Request<Integer, Integer> ask = Request.of("ask", Integer.class, Integer.class);
        start(
                ConnectionStateRecovery.defaults(),
                main -> main.nonBlocking(ask, (socket, number) -> {
                    socket.emit("before", number);
                    return number;
                }));
        Client ada = new Client();
        for (int i = 0; i < 20; i++) {
            ada.raw.send("2" + i + "['ask'," + i + "]");
            assertThat(ada.next()).isEqualTo("2[\"before\"," + i + "]");
            ada.raw.expect("3" + i + "[" + i + "]");
        }
    }

    @Test
    void sendsNoSecretsAndOffsetsUnlessAskedTo() throws Exception {
        running.start(server -> server.namespace("/").onConnect(socket -> socket.emit("hello")));
        SocketIoClient raw = running.connect();
        raw.expect("2['hello']");
        assertThat(raw.id()).doesNotContain("pid");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNewWhenMiddlewareSaysSoAfterALookAtWhoItWas(boolean skipMiddlewares) throws Exception {
        AtomicBoolean mayComeBack = new AtomicBoolean(true);
        ConnectMiddleware middleware = new ConnectMiddleware() {
            @Override
            public void handle(Handshake handshake) {
                handshake.attach(String.class, handshake.address());
            }

            @Override
            public boolean mayRecover(Handshake handshake, Handshake earlier) {
                assertThat(earlier.find(String.class)).isPresent();
                return mayComeBack.get();
            }
        };
        start(
                ConnectionStateRecovery.builder()
                        .skipMiddlewares(skipMiddlewares)
                        .build(),
                main -> main.use(middleware).onConnect(socket -> socket.join("room")));
        Client ada = connected();
        String sid = ada.sid;
        ada.cut();
        ada.comeBack();
        assertThat(ada.sid).isEqualTo(sid);
        ada.cut();
        mayComeBack.set(false);
        assertIsNew(ada, sid);
        assertThat(ada.socket().find(String.class)).isPresent();
    }
}
