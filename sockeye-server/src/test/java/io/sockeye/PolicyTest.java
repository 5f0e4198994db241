// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Namespace;
import io.sockeye.api.Policy;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Request<String, String> DELETE = Request.of("delete", String.class, String.class);
    private static final Event<Say> SAY = Event.of("say", Say.class);
    private static final String DENIED = "[{'status':'error','message':'Not authorized'}]";
    private static final String FAILED = "[{'status':'error','message':'Error checking permissions'}]";

    @RegisterExtension
    final RunningServer running = new RunningServer();

    /** Checks that wait for the test. */
    private final LinkedBlockingQueue<CompletableFuture<Boolean>> asked = new LinkedBlockingQueue<>();

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    record Say(String room, String text) {}

    record Role(String name) {}

    private Namespace start(Policy.Builder policy, Consumer<Namespace> handlers) {
        Sockeye server = running.start(s -> {
            s.namespace("/").policy(policy.build());
            handlers.accept(s.namespace("/"));
        });
        return server.namespace("/");
    }

    private CompletableFuture<Boolean> later() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private CompletableFuture<Boolean> nextAsked() throws InterruptedException {
        return asked.poll(10, TimeUnit.SECONDS);
    }

    private String delete(Object socket, String what) {
        handled.add(what);
        return "deleted " + what;
    }

    // Connecting

    @Test
    void aClientThatMayNotConnectIsToldSoAndLeavesNoTrace() throws Exception {
        Namespace namespace = start(
                Policy.builder().connect(handshake -> "right".equals(handshake.auth("token"))),
                main -> main.onConnect(socket -> handled.add("connected")));
        running.open()
                .send("0{'token':'wrong'}")
                .expect("4{'message':'Not authorized'}")
                .send("0")
                .expect("4{'message':'Not authorized'}");
        assertThat(namespace.sockets()).isEmpty();
        assertThat(handled).isEmpty();
        running.open().join("/", "{'token':'right'}");
        assertThat(namespace.sockets()).hasSize(1);
    }

    @Test
    void theConnectRuleSeesWhatMiddlewareAttached() throws Exception {
        start(
                Policy.builder()
                        .connect(handshake ->
                                handshake.find(Role.class).orElseThrow().name().equals("admin")),
                main -> main.use(handshake -> handshake.attach(Role.class, new Role(handshake.auth("role")))));
        running.open().join("/", "{'role':'admin'}");
        running.open().send("0{'role':'guest'}").expect("4{'message':'Not authorized'}");
    }

    @Test
    void aConnectRuleThatFailsRefusesWithoutItsText() throws Exception {
        start(
                Policy.builder().connect(handshake -> {
                    if (handshake.auth("own") != null) {
                        throw new ConnectRefused("Only on weekdays");
                    }
                    throw new IOException("password=hunter2");
                }),
                main -> {});
        running.open()
                .send("0")
                .expect("4{'message':'Connection refused'}")
                .send("0{'own':'x'}")
                .expect("4{'message':'Only on weekdays'}");
    }

    @Test
    void aConnectRuleMayAnswerLater() throws Exception {
        Namespace namespace = start(Policy.builder().connectAsync(handshake -> later()), main -> {});
        SocketIoClient client = running.open().send("0");
        CompletableFuture<Boolean> answer = nextAsked();
        assertThat(namespace.sockets()).isEmpty();
        answer.complete(true);
        assertThat(client.next()).startsWith("0{");
        SocketIoClient other = running.open().send("0");
        nextAsked().complete(false);
        other.expect("4{'message':'Not authorized'}").send("0");
        nextAsked().completeExceptionally(new IOException("password=hunter2"));
        other.expect("4{'message':'Connection refused'}");
        assertThat(namespace.sockets()).hasSize(1);
    }

    @Test
    void aConnectRuleThatNeverAnswersRefuses() throws Exception {
        start(Policy.builder().connectAsync(handshake -> later()).timeout(Duration.ofMillis(50)), main -> {});
        running.open().send("0").expect("4{'message':'Connection refused'}");
        assertThat(nextAsked().complete(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2['delete','x']",
                "20['delete','x']",
                "30['x']",
                "1",
                "51-['file',{'_placeholder':true,'num':0}]"
            })
    void nothingButConnectIsTakenWhileAConnectRuleIsAsked(String packet) throws Exception {
        Namespace namespace = start(
                Policy.builder().connectAsync(handshake -> later()),
                main -> main.on(DELETE, this::delete)
                        .onAny((socket, event, args) -> handled.add(event))
                        .onConnect(socket -> handled.add("connect")));
        SocketIoClient client = running.open().send("0");
        CompletableFuture<Boolean> answer = nextAsked();
        assertThat(client.send(packet).ended()).isTrue();
        answer.complete(true);
        running.open().send("0");
        nextAsked().complete(false);
        assertThat(handled).isEmpty();
        assertThat(namespace.sockets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2['delete','x']",
                "20['delete','x']",
                "30['x']",
                "1",
                "51-['file',{'_placeholder':true,'num':0}]"
            })
    void nothingIsTakenAfterAConnectRuleDenied(String packet) throws Exception {
        Namespace namespace = start(
                Policy.builder().connect(handshake -> false),
                main -> main.on(DELETE, this::delete).onAny((socket, event, args) -> handled.add(event)));
        SocketIoClient client = running.open().send("0").expect("4{'message':'Not authorized'}");
        assertThat(client.send(packet).ended()).isTrue();
        assertThat(handled).isEmpty();
        assertThat(namespace.sockets()).isEmpty();
    }

    @Test
    void aClientThatLeavesWhileItsRuleIsAskedLeavesNoTrace() throws Exception {
        Sockeye server = running.start(s -> {
            s.namespace("/slow")
                    .policy(Policy.builder().connectAsync(handshake -> later()).build())
                    .onConnect(socket -> handled.add("connect"));
            s.namespace("/").onDisconnect((socket, reason) -> handled.add("main left"));
        });
        SocketIoClient client = running.connect().send("0/slow,");
        CompletableFuture<Boolean> answer = nextAsked();
        client.close();
        await().untilAsserted(() -> assertThat(handled).containsExactly("main left"));
        answer.complete(true);
        SocketIoClient other = running.connect().send("0/slow,");
        nextAsked().complete(true);
        assertThat(other.next()).startsWith("0/slow,{");
        await().untilAsserted(() -> assertThat(handled).containsExactly("main left", "connect"));
        assertThat(server.namespace("/slow").sockets()).hasSize(1);
    }

    // Events

    @Test
    void aDeniedEventIsAnsweredAndReachesNoHandler() throws Exception {
        Sockeye server = running.start(s -> s.namespace("/")
                .policy(Policy.builder()
                        .event(DELETE, (socket, what) -> what.startsWith("my "))
                        .build())
                .onAny((socket, event, args) -> handled.add("any"))
                .on(DELETE, this::delete)
                .on("other", Void.class, (socket, nothing) -> socket.emit("other")));
        SocketIoClient client = running.connect()
                .send("2['delete','yours']")
                .send("21['delete','yours']")
                .expect("31" + DENIED);
        assertThat(handled).isEmpty();
        client.send("22['delete','my own']").expect("32['deleted my own']");
        client.send("2['other']").expect("2['other']");
        assertThat(handled).containsExactly("any", "my own", "any");
        assertThat(server.namespace("/").sockets()).hasSize(1);
    }

    @Test
    void anEventRuleByNameSeesAllArguments() throws Exception {
        start(
                Policy.builder().event("move", (socket, args) -> args.get(1, Integer.class) < 10),
                main -> main.on("move", Args.class, (socket, args) -> handled.add("moved")));
        running.connect()
                .send("21['move',1,2]")
                .expect("31[]")
                .send("22['move',1,20]")
                .expect("32" + DENIED)
                .send("23['move',1]")
                .expect("33[{'status':'error','message':'Invalid message format'}]");
        assertThat(handled).containsExactly("moved");
    }

    @Test
    void aRuleThatFailsDenies() throws Exception {
        start(
                Policy.builder()
                        .event("throw", (socket, args) -> {
                            throw new IOException("password=hunter2");
                        })
                        .event("error", (socket, args) -> {
                            throw new StackOverflowError("password=hunter2");
                        })
                        .eventAsync("null", (socket, args) -> null)
                        .eventAsync("nothing", (socket, args) -> CompletableFuture.completedFuture(null))
                        .eventAsync("later", (socket, args) -> CompletableFuture.failedFuture(new IOException("x")))
                        .event("own", (socket, args) -> {
                            throw new RequestFailed("Only on weekdays");
                        }),
                main -> main.onAny((socket, event, args) -> handled.add(event)));
        SocketIoClient client = running.connect();
        int id = 1;
        for (String event : List.of("throw", "error", "null", "nothing", "later")) {
            client.send("2" + id + "['" + event + "']").expect("3" + id + FAILED);
            id++;
        }
        client.send("27['own']").expect("37[{'status':'error','message':'Only on weekdays'}]");
        assertThat(handled).isEmpty();
    }

    @Test
    void aPayloadOfAnotherShapeIsAnsweredLikeForAHandler() throws Exception {
        start(
                Policy.builder().event(SAY, (socket, say) -> true),
                main -> main.on(SAY, (socket, say) -> handled.add(say.text())));
        running.connect()
                .send("21['say',5]")
                .expect("31[{'status':'error','message':'Invalid message format'}]")
                .send("22['say',{'room':'a','text':'b'}]")
                .expect("32[]");
        assertThat(handled).containsExactly("b");
    }

    @Test
    void eventsWithoutARuleCanBeDenied() throws Exception {
        start(
                Policy.builder()
                        .event("known", (socket, args) -> true)
                        .join((socket, room) -> true)
                        .otherEvents((socket, event) -> event.startsWith("public ")),
                main -> main.onAny((socket, event, args) -> socket.emit("seen", event)));
        running.connect()
                .send("21['unknown']")
                .expect("31" + DENIED)
                .send("2['known']")
                .expect("2['seen','known']")
                .send("2['public x']")
                .expect("2['seen','public x']")
                .send("2['join_room','a']")
                .expect("2['seen','join_room']", "2['room_joined',{'roomId':'a'}]");
    }

    @Test
    void anAnswerThatComesLaterKeepsTheOrderOfTheSocket() throws Exception {
        start(
                Policy.builder().eventAsync("asked", (socket, args) -> later()),
                main -> main.on("asked", Integer.class, (socket, n) -> socket.emit("n", n))
                        .on("free", Integer.class, (socket, n) -> socket.emit("n", n))
                        .nonBlocking(Event.of("fast", Integer.class), (socket, n) -> socket.emit("n", n)));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 300; i++) {
            client.send("2['" + List.of("asked", "free", "fast").get(i % 3) + "'," + i + "]");
        }
        running.connect().send("2['free',7]").expect("2['n',7]");
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 300; i += 3) {
            assertThat(asked).hasSizeLessThanOrEqualTo(1);
            boolean allowed = i % 2 == 0;
            nextAsked().complete(allowed);
            IntStream.range(allowed ? i : i + 1, i + 3).forEach(expected::add);
        }
        for (int n : expected) {
            client.expect("2['n'," + n + "]");
        }
    }

    @Test
    void aCheckThatIsAskedHoldsNoThread() throws Exception {
        start(
                Policy.builder().eventAsync("asked", (socket, args) -> later()),
                main -> main.on("asked", Integer.class, (socket, n) -> socket.emit("n", n))
                        .on("free", Integer.class, (socket, n) -> socket.emit("n", n)));
        List<SocketIoClient> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(running.connect().send("2['asked'," + i + "]"));
        }
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(nextAsked());
        }
        running.connect().send("2['free',1]").expect("2['n',1]");
        answers.forEach(answer -> answer.complete(true));
        for (int i = 0; i < 100; i++) {
            waiting.get(i).expect("2['n'," + i + "]");
        }
    }

    @Test
    void aCheckThatNeverAnswersDeniesAndTheSocketGoesOn() throws Exception {
        start(
                Policy.builder().eventAsync("asked", (socket, args) -> later()).timeout(Duration.ofMillis(50)),
                main -> main.on("asked", Void.class, (socket, nothing) -> handled.add("asked"))
                        .on("free", Void.class, (socket, nothing) -> socket.emit("free")));
        SocketIoClient client =
                running.connect().send("21['asked']").send("2['free']").expect("31" + FAILED, "2['free']");
        nextAsked().complete(true);
        client.send("2['free']").expect("2['free']");
        assertThat(handled).isEmpty();
    }

    @Test
    void whatWaitsForACheckIsBounded() throws Exception {
        running.start(
                Sockeye.builder().mailboxCapacity(4),
                s -> s.namespace("/")
                        .policy(Policy.builder()
                                .eventAsync("asked", (socket, args) -> later())
                                .build())
                        .on("asked", Void.class, (socket, nothing) -> {})
                        .on("n", Integer.class, (socket, n) -> socket.emit("n", n)));
        SocketIoClient client = running.connect().send("2['asked']");
        CompletableFuture<Boolean> answer = nextAsked();
        for (int i = 0; i < 2_000; i++) {
            client.send("2['n'," + i + "]");
        }
        answer.complete(true);
        for (int i = 0; i < 2_000; i++) {
            client.expect("2['n'," + i + "]");
        }
    }

    @Test
    void eventsOfASocketThatTheServerEndedMeanwhileAreVoid() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Namespace namespace = start(
                Policy.builder().eventAsync("asked", (socket, args) -> later()),
                main -> main.on("asked", Void.class, (socket, nothing) -> handled.add("asked"))
                        .onDisconnect((socket, reason) -> gone.countDown()));
        SocketIoClient client = running.connect().send("2['asked']");
        CompletableFuture<Boolean> answer = nextAsked();
        namespace.disconnectSockets();
        client.expect("1");
        answer.complete(true);
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(handled).isEmpty();
    }

    @Test
    void eventsOfAClientThatLeftMeanwhileAreHandledBeforeItsEnd() throws Exception {
        start(
                Policy.builder().eventAsync("asked", (socket, args) -> later()),
                main -> main.on("asked", Void.class, (socket, nothing) -> handled.add("asked"))
                        .onDisconnect((socket, reason) -> handled.add("gone")));
        SocketIoClient client = running.connect().send("2['asked']");
        CompletableFuture<Boolean> answer = nextAsked();
        client.close();
        answer.complete(true);
        await().untilAsserted(() -> assertThat(handled).containsExactly("asked", "gone"));
    }

    // Publishing

    @Test
    void publishingIsAskedForTheRoomOfThePayload() throws Exception {
        start(
                Policy.builder()
                        .join((socket, room) -> true)
                        .publish((socket, room) -> socket.rooms().contains(room))
                        .publishes(SAY, Say::room),
                main -> main.on(
                        SAY, (socket, say) -> socket.namespace().to(say.room()).emit(SAY, say)));
        SocketIoClient client = running.connect()
                .send("21['say',{'room':'a','text':'hi'}]")
                .expect("31" + DENIED)
                .send("2['join_room','a']")
                .expect("2['room_joined',{'roomId':'a'}]");
        client.send("2['say',{'room':'a','text':'hi'}]").expect("2['say',{'room':'a','text':'hi'}]");
        client.send("22['say',{'text':'hi'}]").expect("32[{'status':'error','message':'Invalid message format'}]");
    }

    // Declaring

    @Test
    void rulesThatContradictEachOtherAreRefused() {
        assertThatThrownBy(
                        () -> Policy.builder().publish((socket, room) -> true).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("publishes(event, room)");
        assertThatThrownBy(() -> Policy.builder().publishes(SAY, Say::room).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("publish(check)");
        assertThatThrownBy(() ->
                        Policy.builder().event("a", (socket, args) -> true).event("a", (socket, args) -> true))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Policy.builder().connect(handshake -> true).connect(handshake -> true))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Policy.builder().event("disconnect", (socket, args) -> true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Policy.builder().timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        try (Sockeye server = Sockeye.builder().build()) {
            Policy joins = Policy.builder().join((socket, room) -> true).build();
            server.namespace("/").policy(joins);
            assertThatThrownBy(() -> server.namespace("/").policy(joins)).isInstanceOf(IllegalStateException.class);
            server.namespace("/own").on(Policy.JOIN_ROOM, String.class, (socket, room) -> {});
            assertThatThrownBy(() -> server.namespace("/own").policy(joins)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aPolicyHoldsForTheChildrenOfADynamicNamespace() throws Exception {
        running.start(s -> s.namespaces((name, handshake) -> name.startsWith("/team"))
                .policy(Policy.builder()
                        .connect(handshake -> !handshake.namespace().equals("/team-secret"))
                        .event("delete", (socket, args) -> false)
                        .build()));
        running.open()
                .send("0/team-secret,")
                .expect("4/team-secret,{'message':'Not authorized'}")
                .join("/team-1")
                .send("2/team-1,5['delete']")
                .expect("3/team-1,5" + DENIED);
    }
}
