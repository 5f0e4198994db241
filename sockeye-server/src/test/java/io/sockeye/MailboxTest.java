// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.event.Args;
import io.sockeye.event.Request;
import io.sockeye.testing.OwnThread;
import io.sockeye.testing.RawWebSocketClient;
import io.sockeye.testing.RunningServer;
import io.sockeye.testing.SocketIoClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailboxTest {
    /** Enough to fill the buffers of both kernels: 64 MB. */
    private static final int FLOOD = 16_000;

    private static final String FILLING = "x".repeat(4_000);

    @RegisterExtension
    final RunningServer running = new RunningServer();

    private final CountDownLatch release = new CountDownLatch(1);

    private Sockeye start(List<Integer> handled) {
        return running.start(
                Sockeye.builder().mailboxCapacity(8).eventLoops(1),
                s -> s.namespace("/")
                        .on("n", Args.class, (socket, args) -> {
                            assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
                            handled.add(args.get(0, Integer.class));
                        })
                        .on("hi", Void.class, (socket, nothing) -> socket.emit("hi")));
    }

    @Test
    void aFullMailboxStopsTheReadingOfItsConnectionAndNothingIsLost() throws Exception {
        List<Integer> handled = new CopyOnWriteArrayList<>();
        start(handled);
        SocketIoClient client = running.connect();
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> flood = OwnThread.run(() -> {
            for (int i = 0; i < FLOOD; i++) {
                send(client, i);
                sent.incrementAndGet();
            }
        });
        awaitStandstill(sent);
        assertThat(sent.get()).isLessThan(FLOOD);
        assertThat(handled).isEmpty();
        running.connect().send("2['hi']").expect("2['hi']");
        release.countDown();
        flood.get(30, TimeUnit.SECONDS);
        client.send("2['hi']").expect("2['hi']");
        assertThat(handled).isEqualTo(IntStream.range(0, FLOOD).boxed().toList());
    }

    private static void send(SocketIoClient client, int number) {
        try {
            client.send("2['n'," + number + ",'" + FILLING + "']");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a counter has not moved for a while. */
    private static void awaitStandstill(AtomicInteger counter) {
        AtomicInteger last = new AtomicInteger(-1);
        await().pollInterval(300, TimeUnit.MILLISECONDS)
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> last.getAndSet(counter.get()) == counter.get());
    }

    @Test
    void aFullMailboxHoldsBackTheAnswerOfALongPollingPost() throws Exception {
        List<Integer> handled = new CopyOnWriteArrayList<>();
        start(handled);
        SocketIoClient client = running.connectPolling();
        CompletableFuture<Void> post = OwnThread.run(() -> {
            for (int i = 0; i < 100; i++) {
                send(client, i);
            }
        });
        running.connect().send("2['hi']").expect("2['hi']");
        assertThat(post).isNotDone();
        release.countDown();
        post.get(30, TimeUnit.SECONDS);
        client.send("2['hi']").expect("2['hi']");
        assertThat(handled).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void aPostWithMoreEventsThanFitIsTakenAsTheHandlersGoOn() throws Exception {
        List<Integer> handled = new CopyOnWriteArrayList<>();
        start(handled);
        SocketIoClient client = running.connectPolling();
        String body =
                IntStream.range(0, 500).mapToObj(i -> "42[\"n\"," + i + "]").collect(Collectors.joining("\u001e"));
        CompletableFuture<Void> post = OwnThread.run(() -> {
            try {
                client.engine().send(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        running.connect().send("2['hi']").expect("2['hi']");
        assertThat(post).isNotDone();
        release.countDown();
        post.get(30, TimeUnit.SECONDS);
        client.send("2['hi']").expect("2['hi']");
        assertThat(handled).isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void answersThatAreOwedStopTheReadingToo() throws Exception {
        BlockingQueue<CompletableFuture<String>> owed = new LinkedBlockingQueue<>();
        running.start(
                Sockeye.builder().mailboxCapacity(8),
                s -> s.namespace("/").onAsync(Request.of("later", Void.class, String.class), (socket, nothing) -> {
                    CompletableFuture<String> answer = new CompletableFuture<>();
                    owed.add(answer);
                    return answer;
                }));
        SocketIoClient client = running.connect();
        for (int i = 0; i < 1_000; i++) {
            client.send("2" + i + "['later']");
        }
        await().until(() -> owed.size() >= 8);
        assertThat(owed.size()).isLessThan(1_000);
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<String> next = owed.poll(10, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            next.complete("done");
            client.expect("3" + i + "['done']");
        }
    }

    @Test
    void aFullMailboxOfAPlainWebSocketStopsItsReadingToo() throws Exception {
        List<Integer> handled = new CopyOnWriteArrayList<>();
        Sockeye server = running.start(
                Sockeye.builder().mailboxCapacity(4),
                s -> s.webSocket("/socket").onText((socket, text) -> {
                    assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
                    handled.add(text.length());
                }));
        RawWebSocketClient client = running.closing(RawWebSocketClient.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), "/socket"));
        for (int i = 0; i < 50; i++) {
            client.text("x".repeat(i));
        }
        release.countDown();
        await().untilAsserted(() ->
                assertThat(handled).isEqualTo(IntStream.range(0, 50).boxed().toList()));
    }
}
