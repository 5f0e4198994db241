// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.LimitHit;
import io.sockeye.api.RefusalReason;
import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.api.WebSocket;
import io.sockeye.event.Request;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import io.sockeye.testing.WebSocketEngineClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that do not read, and what waits for them. */
class WaitingLimitsTest {
    /** Of all that waits, where incoming data is to have a part of it. */
    private static final long LIMIT = 4_000_000;

    private static final String FILLING = "x".repeat(10_000);
    private static final List<String> PAIRS = List.of("EURUSD", "EURGBP", "USDJPY");

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final Queue<String> ends = new ConcurrentLinkedQueue<>();

    private Sockeye start(SockeyeBuilder options) {
        return running.start(
                options.eventLoops(2),
                s -> s.namespace("/")
                        .slowConsumerPolicy("cursor:*", SlowConsumerPolicy.DROP_NEWEST)
                        .slowConsumerPolicy("strict", SlowConsumerPolicy.DISCONNECT)
                        .onConnect(socket -> socket.join("cursor:1", "strict"))
                        .onDisconnect((socket, reason) -> ends.add(reason.text())));
    }

    /** A client that takes little before it reads. */
    private SocketIoClient connectLazy() throws IOException {
        return running.closing(new SocketIoClient(WebSocketEngineClient.open(running.port(), 4_096, "")))
                .join("/");
    }

    @Test
    void aClientThatIsBehindGetsTheLatestOfEachKey() throws Exception {
        Sockeye server = start(Sockeye.builder().outboxLimits(1_000_000, 100));
        SocketIoClient lazy = connectLazy();
        int ticks = 3_000;
        for (int i = 0; i < ticks; i++) {
            String pair = PAIRS.get(i % PAIRS.size());
            server.namespace("/").latest(pair).emit("price", pair, i, FILLING);
        }
        server.namespace("/").socket(lazy.id()).orElseThrow().emitLatest("end", "end");
        Map<String, Integer> last = new HashMap<>();
        int came = 0;
        for (String packet : lazy.until("2['end']")) {
            String[] parts = packet.split("[\",]+", -1);
            assertThat(Integer.parseInt(parts[3])).isGreaterThan(last.getOrDefault(parts[2], -1));
            last.put(parts[2], Integer.parseInt(parts[3]));
            came++;
        }
        assertThat(last.values()).containsExactlyInAnyOrder(ticks - 3, ticks - 2, ticks - 1);
        assertThat(came).isLessThan(ticks);
        assertThat(server.limitHits().get(LimitHit.REPLACED)).isEqualTo(ticks - came);
        assertThat(ends).isEmpty();
    }

    @Test
    void aRoomHasAPolicyOfItsOwn() throws Exception {
        Sockeye server = start(Sockeye.builder().outboxLimits(100_000, 100));
        connectLazy();
        await().until(() -> server.namespace("/").members("strict") == 1);
        for (int i = 0; i < 2_000; i++) {
            server.namespace("/").to("cursor:1").emit("cursor", i, FILLING);
        }
        await().until(() -> server.limitHits().get(LimitHit.DROPPED_NEWEST) > 1_000);
        assertThat(ends).isEmpty();
        server.namespace("/").to("strict").emit("said", FILLING);
        await().untilAsserted(() -> assertThat(ends).containsExactly("slow consumer"));
        assertThat(server.limitHits()).containsEntry(LimitHit.SLOW_CONSUMER, 1L);
    }

    @Test
    void aPublisherThatIsPausedLosesNothingAndHoldsNoMoreThanTheBounds() throws Exception {
        Sockeye server = start(
                Sockeye.builder().outboxLimits(100_000, 100).slowConsumerPolicy(SlowConsumerPolicy.PAUSE_PUBLISHER));
        SocketIoClient lazy = connectLazy();
        int messages = 2_000;
        CompletableFuture<Void> publisher = OwnThread.run(() -> {
            for (int i = 0; i < messages; i++) {
                server.namespace("/").emit("n", i, FILLING);
            }
        });
        await().until(() -> server.limitHits().get(LimitHit.PUBLISHER_PAUSED) > 0);
        assertThat(publisher).isNotDone();
        assertThat(server.memory().outboxes()).isLessThan(400_000);
        for (int i = 0; i < messages; i++) {
            lazy.expect("2['n'," + i + ",'" + FILLING + "']");
        }
        publisher.get(10, TimeUnit.SECONDS);
        assertThat(ends).isEmpty();
        assertThat(server.limitHits())
                .containsEntry(LimitHit.DROPPED_NEWEST, 0L)
                .containsEntry(LimitHit.DROPPED_OLDEST, 0L);
    }

    @Test
    void whereAllTogetherIsTooMuchTheLargestGoesAndTheOthersStay() throws Exception {
        Sockeye server =
                start(Sockeye.builder().outboxLimits(100_000_000, 100_000).maxWaitingBytes(5_000_000));
        SocketIoClient small = connectLazy();
        SocketIoClient large = connectLazy();
        SocketIoClient good = running.connect();
        for (int i = 0; i < 200; i++) {
            server.namespace("/").to(small.id()).emit("n", i, FILLING);
        }
        for (int i = 0; i < 2_000; i++) {
            server.namespace("/").to(large.id()).emit("n", i, FILLING);
        }
        await().untilAsserted(() -> assertThat(ends).containsExactly("slow consumer"));
        assertThat(server.namespace("/").socket(large.id())).isEmpty();
        assertThat(server.namespace("/").socket(small.id())).isPresent();
        server.namespace("/").to(good.id()).emit("still", "here");
        good.expect("2['still','here']");
        assertThat(server.limitHits()).containsEntry(LimitHit.SHED, 1L);
        await().until(() -> server.memory().outboxes() < 4_000_000);
    }

    /** Of a client that was told a secret besides. */
    private static String id(SocketIoClient client) {
        return client.id().split("\"", -1)[0];
    }

    @Test
    void whatIsKeptForClientsThatAreAwayGoesFirst() throws Exception {
        Sockeye server = start(Sockeye.builder()
                .connectionStateRecovery(ConnectionStateRecovery.defaults())
                .outboxLimits(100_000_000, 100_000)
                .maxWaitingBytes(20_000_000));
        SocketIoClient lazy = connectLazy();
        SocketIoClient good = running.connect();
        for (int i = 0; i < 600; i++) {
            server.namespace("/").to(id(good)).emit("n", FILLING);
            assertThat(good.next()).startsWith("2[");
        }
        assertThat(server.memory().recovery()).isGreaterThan(6_000_000);
        for (int i = 0; i < 1_500; i++) {
            server.namespace("/").to(id(lazy)).emit("n", FILLING);
        }
        await().until(() -> server.memory().total() <= 20_000_000);
        assertThat(server.memory().recovery()).isLessThan(20_000_000);
        assertThat(server.limitHits()).containsEntry(LimitHit.SHED, 0L);
        assertThat(ends).isEmpty();
    }

    @Test
    void theLedgerIsEmptyWhenAllClientsAreGone() throws Exception {
        Sockeye server = start(Sockeye.builder().outboxLimits(100_000_000, 100_000));
        SocketIoClient lazy = connectLazy();
        for (int i = 0; i < 1_000; i++) {
            server.namespace("/").emit("n", i, FILLING);
        }
        lazy.send("52-['two',{'_placeholder':true,'num':0},{'_placeholder':true,'num':1}]")
                .sendBinary(new byte[100_000]);
        await().until(() -> server.memory().incoming() > 100_000);
        assertThat(server.memory().outboxes()).isPositive();
        lazy.close();
        await().until(() -> server.memory().total() == 0);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
    }

    private RawWebSocketClient connectRaw() throws IOException {
        RawWebSocketClient client =
                running.closing(RawWebSocketClient.connect(address(), "/socket.io/?EIO=4&transport=websocket"));
        assertThat(client.read().text()).startsWith("0{");
        return client;
    }

    /** A new client is let in and served. */
    private void assertServesNewClients() throws IOException {
        running.connect().send("21['echo','" + FILLING + "']").expect("31['" + FILLING + "']");
        running.connectPolling().send("21['echo','" + FILLING + "']").expect("31['" + FILLING + "']");
    }

    private static void echo(Sockeye server) {
        server.namespace("/").on(Request.of("echo", String.class, String.class), (socket, text) -> text);
    }

    private static void waitFor(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Sends parts of messages, each on a connection of its own, until one is refused or so many bytes are held. */
    private List<RawWebSocketClient> sendParts(Sockeye server, int bytes, long enough) throws IOException {
        byte[] part = RawWebSocketClient.fragment(RawWebSocketClient.TEXT, RawWebSocketClient.utf8("4".repeat(bytes)));
        List<RawWebSocketClient> clients = new ArrayList<>();
        boolean accepted = true;
        while (accepted && server.memory().incoming() <= enough) {
            RawWebSocketClient client = connectRaw();
            clients.add(client);
            client.send(part);
            client.send(RawWebSocketClient.frame(RawWebSocketClient.PING, new byte[0]));
            RawWebSocketClient.Frame answer = client.read();
            accepted = answer.opcode() == RawWebSocketClient.PONG;
            assertThat(accepted || answer.closeCode() == 1013).isTrue();
        }
        return clients;
    }

    @Test
    void unfinishedMessagesOfManyConnectionsLeaveHalfOfAllThatWaitsToOthers() throws Exception {
        Sockeye server = running.start(Sockeye.builder().eventLoops(2).maxWaitingBytes(LIMIT), WaitingLimitsTest::echo);
        List<RawWebSocketClient> clients = sendParts(server, 160_000, LIMIT);
        assertThat(server.memory().incoming()).isBetween(LIMIT / 2, LIMIT / 2 + 350_000);
        assertServesNewClients();
        for (RawWebSocketClient client : clients) {
            client.close();
        }
        await().until(() -> server.memory().total() == 0);
    }

    @Test
    void smallUnfinishedMessagesOfManyConnectionsLeaveAQuarterOfAllThatWaitsToOthers() throws Exception {
        Sockeye server = running.start(Sockeye.builder().eventLoops(2).maxWaitingBytes(LIMIT), s -> {
            echo(s);
            s.webSocket("/raw").onBinary(WebSocket::send);
        });
        List<RawWebSocketClient> clients = sendParts(server, 60_000, LIMIT);
        assertThat(server.memory().incoming()).isBetween(LIMIT / 4 * 3, LIMIT / 4 * 3 + 150_000);
        running.connect().send("21['echo','hi']").expect("31['hi']");
        RawWebSocketClient whole = running.closing(RawWebSocketClient.connect(address(), "/raw"));
        whole.send(RawWebSocketClient.frame(RawWebSocketClient.BINARY, new byte[2_000]));
        assertThat(whole.read().payload()).hasSize(2_000);
        for (RawWebSocketClient client : clients) {
            client.close();
        }
        await().until(() -> server.memory().total() == 0);
    }

    @Test
    void attachmentsThatLackTheLastOneLeaveHalfOfAllThatWaitsToOthers() throws Exception {
        Sockeye server = running.start(Sockeye.builder().eventLoops(2).maxWaitingBytes(LIMIT), s -> {
            echo(s);
            s.namespace("/").onDisconnect((socket, reason) -> ends.add(reason.text()));
        });
        List<SocketIoClient> clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            clients.add(running.connect()
                    .send("54-['four',{'_placeholder':true,'num':0},{'_placeholder':true,'num':1},"
                            + "{'_placeholder':true,'num':2},{'_placeholder':true,'num':3}]")
                    .sendBinary(new byte[60_000])
                    .sendBinary(new byte[60_000])
                    .sendBinary(new byte[60_000]));
        }
        await().until(() -> ends.size() >= 9);
        assertThat(ends).containsOnly("forced close");
        assertThat(server.memory().incoming()).isBetween(LIMIT / 2 - 350_000, LIMIT / 2 + 350_000);
        assertServesNewClients();
        for (SocketIoClient client : clients) {
            client.close();
        }
        await().until(() -> server.memory().total() == 0);
    }

    @Test
    void whereWhatHandlersDoNotTakeIsTooMuchNewSessionsAndUnfinishedMessagesAreRefused() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Sockeye server = running.start(
                Sockeye.builder().eventLoops(2).maxWaitingBytes(1_000_000),
                s -> s.namespace("/").on("slow", String.class, (socket, text) -> waitFor(release)));
        RawWebSocketClient late = connectRaw();
        SocketIoClient fast = running.connect();
        for (int i = 0; i < 150; i++) {
            fast.send("2['slow','" + FILLING + "']");
        }
        await().until(() -> server.memory().mailboxes() > 1_000_000);
        try (RawHttpClient http = RawHttpClient.connect(address())) {
            RawHttpClient.Response response =
                    http.request("GET", "/socket.io/?EIO=4&transport=polling").read();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("{\"code\":4,\"message\":\"Server at capacity, try again later\"}");
        }
        late.send(RawWebSocketClient.fragment(RawWebSocketClient.TEXT, RawWebSocketClient.utf8("4".repeat(60_000))));
        assertThat(late.read().closeCode()).isEqualTo(1013);
        release.countDown();
        await().until(() -> server.memory().total() == 0);
    }

    @Test
    void unfinishedBodiesOfManyConnectionsLeaveHalfOfAllThatWaitsToOthers() throws Exception {
        Sockeye server = running.start(Sockeye.builder().eventLoops(2).maxWaitingBytes(LIMIT), s -> {
            echo(s);
            s.route("POST", "/upload", request -> HttpResponse.text("" + request.body().length));
        });
        String part = RawHttpClient.head("POST", "/upload", "Content-Length: 900000") + "x".repeat(160_000);
        List<RawHttpClient> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(running.closing(RawHttpClient.connect(address())).send(part));
        }
        await().until(() -> refusedIn(clients).size() >= 15);
        RawHttpClient refused = refusedIn(clients).get(0);
        assertThat(refused.read().status()).isEqualTo(503);
        assertThat(refused.ended()).isTrue();
        assertThat(server.connections().refused().get(RefusalReason.CAPACITY)).isGreaterThanOrEqualTo(15);
        assertThat(server.memory().incoming()).isBetween(LIMIT / 2 - 350_000, LIMIT / 2 + 350_000);
        assertServesNewClients();
        for (RawHttpClient client : clients) {
            client.close();
        }
        await().until(() -> server.memory().total() == 0);
        RawHttpClient again = running.closing(RawHttpClient.connect(address())).send(part);
        again.send("x".repeat(740_000));
        assertThat(again.read().body()).isEqualTo("900000");
        await().until(() -> server.memory().total() == 0);
    }

    @Test
    void bodiesOfHandlersThatTakeTheirTimeLeaveHalfOfAllThatWaitsToOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Sockeye server = running.start(Sockeye.builder().eventLoops(2).maxWaitingBytes(LIMIT), s -> {
            echo(s);
            s.route("POST", "/slow", request -> {
                waitFor(release);
                return HttpResponse.text("" + request.body().length);
            });
        });
        String whole = RawHttpClient.head("POST", "/slow", "Content-Length: 160000") + "x".repeat(160_000);
        List<RawHttpClient> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(running.closing(RawHttpClient.connect(address())).send(whole));
        }
        // All of them are whole or refused then.
        await().until(() ->
                160_000L * (40 - refusedIn(clients).size()) == server.memory().incoming());
        List<RawHttpClient> refused = refusedIn(clients);
        assertThat(refused).hasSizeGreaterThanOrEqualTo(15);
        assertThat(refused.get(0).read().status()).isEqualTo(503);
        assertThat(server.connections().refused().get(RefusalReason.CAPACITY)).isEqualTo(refused.size());
        assertThat(server.memory().incoming()).isBetween(LIMIT / 2 - 350_000, LIMIT / 2 + 350_000);
        release.countDown();
        clients.removeAll(refused);
        assertThat(clients.get(0).read().body()).isEqualTo("160000");
        await().until(() -> server.memory().total() == 0);
    }

    @Test
    void pollingRequestsWhoseEventsWaitLeaveHalfOfAllThatWaitsToOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Sockeye server = running.start(
                Sockeye.builder().eventLoops(2).mailboxCapacity(1).maxWaitingBytes(LIMIT),
                s -> s.namespace("/").on("slow", String.class, (socket, text) -> waitFor(release)));
        String events = "42[\"slow\",\"a\"]\u001e42[\"slow\",\"b\"]\u001e42[\"slow\",\"" + "x".repeat(160_000) + "\"]";
        List<RawHttpClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawHttpClient client = running.closing(RawHttpClient.connect(address()));
            String target = "/socket.io/?EIO=4&transport=polling";
            target += "&sid=" + client.request("GET", target).read().body().split("\"", -1)[3];
            client.send(RawHttpClient.head("POST", target, "Content-Length: 2") + "40")
                    .read();
            assertThat(client.request("GET", target).read().body()).startsWith("40{");
            clients.add(client.send(RawHttpClient.head("POST", target, "Content-Length: " + events.length()) + events));
        }
        await().until(() -> refusedIn(clients).size() == 7);
        List<RawHttpClient> refused = refusedIn(clients);
        assertThat(refused.get(0).read().status()).isEqualTo(503);
        assertThat(server.memory().incoming()).isBetween(13L * 160_000, 13L * 161_000);
        release.countDown();
        clients.removeAll(refused);
        for (RawHttpClient client : clients) {
            assertThat(client.read().status()).isEqualTo(200);
        }
        await().until(() -> server.memory().total() == 0);
    }

    private static List<RawHttpClient> refusedIn(List<RawHttpClient> clients) throws IOException {
        List<RawHttpClient> answered = new ArrayList<>();
        for (RawHttpClient client : clients) {
            if (client.socket().getInputStream().available() > 0) {
                answered.add(client);
            }
        }
        return answered;
    }

    @Test
    void aBodyThatIsAnsweredBeforeItIsWholeIsCountedNoMoreWhenItsConnectionEnds() throws Exception {
        Sockeye server = start(Sockeye.builder());
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port());
        String polling = "/socket.io/?EIO=4&transport=polling";
        RawHttpClient opening = running.closing(RawHttpClient.connect(address));
        String sid = opening.request("GET", polling).read().body().split("\"", -1)[3];
        String head = RawHttpClient.head("POST", polling + "&sid=" + sid, "Content-Length: 900000");
        RawHttpClient first = running.closing(RawHttpClient.connect(address)).send(head + "4".repeat(60_000));
        await().until(() -> server.memory().incoming() > 0);
        RawHttpClient second = running.closing(RawHttpClient.connect(address)).send(head);
        assertThat(second.read().status()).isEqualTo(400);
        assertThat(first.read().status()).isEqualTo(400);
        await().until(() -> server.memory().total() == 0);
    }
}
