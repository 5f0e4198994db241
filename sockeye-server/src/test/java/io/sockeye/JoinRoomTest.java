// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.Namespace;
import io.sockeye.api.Policy;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinRoomTest {
    private static final Pattern ADMITTED = Pattern.compile("0\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern OFFSET = Pattern.compile(".*\"([^\"]+)\"]");

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final LinkedBlockingQueue<CompletableFuture<Boolean>> asked = new LinkedBlockingQueue<>();

    private Namespace start(SockeyeBuilder options, Policy.Builder policy) {
        return running.start(
                        options,
                        s -> s.namespace("/")
                                .policy(policy.build())
                                .on(
                                        "to",
                                        String.class,
                                        (socket, room) ->
                                                socket.namespace().to(room).emit("hello", room)))
                .namespace("/");
    }

    private Namespace start(Policy.Builder policy) {
        return start(Sockeye.builder(), policy);
    }

    private CompletableFuture<Boolean> later() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private CompletableFuture<Boolean> nextAsked() throws InterruptedException {
        return asked.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void aClientThatMayJoinIsAMemberWhenItIsTold() throws Exception {
        Namespace namespace = start(Policy.builder().join((socket, room) -> room.equals("lobby")));
        running.connect()
                .send("2['join_room','lobby']")
                .expect("2['room_joined',{'roomId':'lobby'}]")
                .send("2['to','lobby']")
                .expect("2['hello','lobby']");
        assertThat(namespace.members("lobby")).isEqualTo(1);
    }

    @Test
    void theRoomMayBeAFieldOfAnObject() throws Exception {
        Namespace namespace = start(Policy.builder().join((socket, room) -> true));
        running.connectPolling()
                .send("27['join_room',{'roomId':'lobby','more':1}]")
                .expect("2['room_joined',{'roomId':'lobby'}]", "37[{'roomId':'lobby'}]");
        assertThat(namespace.members("lobby")).isEqualTo(1);
    }

    @Test
    void aClientThatMayNotJoinIsToldSo() throws Exception {
        Namespace namespace = start(Policy.builder().join((socket, room) -> false));
        running.connect()
                .send("2['join_room','secret']")
                .expect("2['error',{'message':'Not authorized to join this room'}]")
                .send("27['join_room','secret']")
                .expect(
                        "2['error',{'message':'Not authorized to join this room'}]",
                        "37[{'status':'error','message':'Not authorized to join this room'}]");
        assertThat(namespace.members("secret")).isZero();
    }

    @Test
    void aCheckThatFailsIsAnotherAnswerThanOneThatDenies() throws Exception {
        Namespace namespace = start(Policy.builder()
                .joinAsync((socket, room) -> switch (room) {
                    case "throw" -> throw new IllegalStateException("password=hunter2");
                    case "fail" -> CompletableFuture.failedFuture(new IllegalStateException("password=hunter2"));
                    case "nothing" -> CompletableFuture.completedFuture(null);
                    default -> later();
                })
                .timeout(Duration.ofMillis(50)));
        SocketIoClient client = running.connect();
        for (String room : new String[] {"throw", "fail", "nothing", "never"}) {
            client.send("2['join_room','" + room + "']").expect("2['error',{'message':'Error checking permissions'}]");
            assertThat(namespace.members(room)).isZero();
        }
        nextAsked().complete(true);
        client.send("2['to','never']").send("2['join_room','fail']");
        client.expect("2['error',{'message':'Error checking permissions'}]");
        assertThat(namespace.members("never")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",null",
                ",''",
                ",'  '",
                ",5",
                ",true",
                ",[]",
                ",['a']",
                ",{}",
                ",{'roomId':5}",
                ",{'roomId':''}",
                ",{'room':'a'}"
            })
    void aRoomIsRequired(String argument) throws Exception {
        start(Policy.builder().join((socket, room) -> {
            asked.add(new CompletableFuture<>());
            return true;
        }));
        running.connect()
                .send("27['join_room'" + argument + "]")
                .expect("37[{'status':'error','message':'Invalid message format'}]");
        assertThat(asked).isEmpty();
    }

    @Test
    void theLengthOfARoomIsBounded() throws Exception {
        start(Policy.builder().join((socket, room) -> true));
        String longest = "r".repeat(256);
        running.connect()
                .send("2['join_room','" + longest + "']")
                .expect("2['room_joined',{'roomId':'" + longest + "'}]")
                .send("27['join_room','" + longest + "r']")
                .expect("37[{'status':'error','message':'Invalid message format'}]");
    }

    @Test
    void theRoomOfAnotherSocketIsClosedToAll() throws Exception {
        start(Policy.builder().join((socket, room) -> true));
        SocketIoClient other = running.connect();
        SocketIoClient client = running.connect();
        client.send("2['join_room','" + other.id() + "']")
                .expect("2['error',{'message':'Not authorized to join this room'}]")
                .send("2['join_room','" + client.id() + "']")
                .expect("2['room_joined',{'roomId':'" + client.id() + "'}]");
    }

    @Test
    void whatFollowsAJoinWaitsForIt() throws Exception {
        start(Policy.builder().joinAsync((socket, room) -> later()));
        SocketIoClient client = running.connect()
                .send("2['join_room','a']")
                .send("2['to','a']")
                .send("2['join_room','b']")
                .send("2['to','b']");
        nextAsked().complete(true);
        nextAsked().complete(true);
        client.expect(
                "2['room_joined',{'roomId':'a'}]",
                "2['hello','a']",
                "2['room_joined',{'roomId':'b'}]",
                "2['hello','b']");
    }

    @Test
    void aSocketThatEndsMeanwhileLeavesNoMember() throws Exception {
        Namespace namespace = start(Policy.builder().joinAsync((socket, room) -> later()));
        SocketIoClient client = running.connect().send("2['join_room','a']");
        CompletableFuture<Boolean> answer = nextAsked();
        client.close();
        await().untilAsserted(() -> assertThat(namespace.sockets()).isEmpty());
        answer.complete(true);
        running.connect().send("2['join_room','a']");
        nextAsked().complete(false);
        assertThat(namespace.members("a")).isZero();
    }

    @Test
    void aClientThatIsAwayMeanwhileIsAMemberWhenItComesBack() throws Exception {
        Namespace namespace = start(
                Sockeye.builder().connectionStateRecovery(ConnectionStateRecovery.defaults()),
                Policy.builder().joinAsync((socket, room) -> later()));
        SocketIoClient client = running.open().send("0");
        String admitted = client.next();
        String offset = join(client, "first");
        client.send("2['join_room','second']");
        CompletableFuture<Boolean> answer = nextAsked();
        client.close();
        await().untilAsserted(() -> assertThat(namespace.sockets()).isEmpty());
        answer.complete(true);
        String pid = match(ADMITTED, admitted, 2);
        comeBackAsMember(pid, offset, match(ADMITTED, admitted, 1));
        assertThat(namespace.members("second")).isEqualTo(1);
    }

    @Test
    void aClientThatIsBackAlreadyIsAMemberToo() throws Exception {
        Namespace namespace = start(
                Sockeye.builder().connectionStateRecovery(ConnectionStateRecovery.defaults()),
                Policy.builder().joinAsync((socket, room) -> later()));
        SocketIoClient client = running.open().send("0");
        String admitted = client.next();
        String offset = join(client, "first");
        client.send("2['join_room','second']");
        CompletableFuture<Boolean> answer = nextAsked();
        client.close();
        await().untilAsserted(() -> assertThat(namespace.sockets()).isEmpty());
        SocketIoClient back =
                running.open().send("0{'pid':'" + match(ADMITTED, admitted, 2) + "','offset':'" + offset + "'}");
        assertThat(back.next()).isEqualTo(admitted);
        answer.complete(true);
        assertThat(back.next()).startsWith(SocketIoClient.json("2['room_joined',{'roomId':'second'}"));
        assertThat(namespace.members("second")).isEqualTo(1);
        assertThat(namespace.members("first")).isEqualTo(1);
    }

    private String join(SocketIoClient client, String room) throws Exception {
        client.send("2['join_room','" + room + "']");
        nextAsked().complete(true);
        return match(OFFSET, client.next(), 1);
    }

    private void comeBackAsMember(String pid, String offset, String id) throws Exception {
        SocketIoClient back = running.open().send("0{'pid':'" + pid + "','offset':'" + offset + "'}");
        String both = back.next() + back.next();
        assertThat(both)
                .contains(
                        SocketIoClient.json("2['room_joined',{'roomId':'second'}"),
                        SocketIoClient.json("0{'sid':'" + id + "'"));
        back.send("2['to','second']");
        assertThat(back.next()).startsWith(SocketIoClient.json("2['hello','second'"));
    }

    private static String match(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.matches()).as(text).isTrue();
        return matcher.group(group);
    }
}
