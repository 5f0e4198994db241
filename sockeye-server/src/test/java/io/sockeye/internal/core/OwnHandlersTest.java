// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.Registration;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.testing.OwnThread;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What handlers of single sockets leave behind, and whom a broadcast is shown for. */
class OwnHandlersTest {
    private static final int SOCKETS = 20;

    private final List<ThreadLoop> loops = List.of(new ThreadLoop(0), new ThreadLoop(1));
    private final NamespaceImpl namespace = new NamespaceImpl(
            "/",
            new CoreSettings(
                    List.copyOf(loops),
                    Runnable::run,
                    new SerialQueue.Bounds(10, 1_000_000),
                    100_000,
                    RecordingLink.FORMATS,
                    MemoryAdapter::new,
                    null));
    private final List<RecordingLink> links = new ArrayList<>();
    private final List<SocketImpl> sockets = new ArrayList<>();

    @BeforeEach
    void connect() {
        for (int i = 0; i < SOCKETS; i++) {
            RecordingLink link = new RecordingLink(loops.get(i % loops.size()));
            SocketImpl socket = link.socket("s" + i, namespace);
            link.loop().execute(socket::connect);
            links.add(link);
            sockets.add(socket);
        }
        settle();
    }

    @AfterEach
    void stop() {
        loops.forEach(ThreadLoop::close);
    }

    private void settle() {
        loops.forEach(ThreadLoop::settle);
        loops.forEach(ThreadLoop::settle);
    }

    private static void end(SocketImpl socket) {
        socket.loop().execute(() -> socket.end(DisconnectReason.TRANSPORT_CLOSE));
    }

    private static void registerAll(SocketImpl socket, List<String> held) {
        socket.use((same, event, args) -> held.add("called"));
        socket.on("a", Integer.class, (same, n) -> held.add("called"));
        socket.once("b", Integer.class, (same, n) -> held.add("called"));
        socket.onAny((same, event, args) -> held.add("called"));
        socket.onAnyOutgoing((same, event, args) -> held.add("called"));
        socket.onError((same, event, failure) -> held.add("called"));
        socket.onDisconnecting((same, reason) -> held.add("called"));
        socket.onDisconnect((same, reason) -> held.add("called"));
    }

    private WeakReference<List<String>> registerAll(SocketImpl socket) {
        List<String> held = new ArrayList<>();
        registerAll(socket, held);
        return new WeakReference<>(held);
    }

    @Test
    void aSocketThatIsKeptAfterItsEndHoldsNoHandler() {
        assertThat(sockets.get(0).handlers()).isNull();
        WeakReference<List<String>> held = registerAll(sockets.get(0));
        assertThat(namespace.outgoing().any()).isTrue();
        end(sockets.get(0));
        settle();
        assertThat(namespace.outgoing().any()).isFalse();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(held.get()).isNull();
        });
    }

    @Test
    void namesThatComeAndGoLeaveNothing() {
        SocketImpl socket = sockets.get(0);
        for (int i = 0; i < 1_000; i++) {
            Registration registration = socket.on("reply-" + i, Integer.class, (same, n) -> {});
            assertThat(registration.remove()).isTrue();
        }
        assertThat(socket.handlers()).isNotNull();
        assertThat(socket.handlers().names()).isZero();
    }

    @Test
    void outgoingHandlersThatRaceTheEndAreCountedNoMore() {
        CompletableFuture<?>[] threads = IntStream.range(0, 3)
                .mapToObj(i -> OwnThread.run(() -> race(i)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
        settle();
        assertThat(namespace.outgoing().any()).isFalse();
    }

    private void race(int thread) {
        for (SocketImpl socket : sockets) {
            for (int i = 0; i < 200; i++) {
                Registration registration = socket.onAnyOutgoing((same, event, args) -> {});
                if (i % 2 == 0) {
                    registration.remove();
                }
                if (i == 100 && thread == 0) {
                    end(socket);
                }
            }
        }
    }

    @Test
    void aBroadcastIsShownForExactlyThoseWhoGetIt() {
        Random random = new Random(1);
        Set<String> shown = ConcurrentHashMap.newKeySet();
        for (SocketImpl socket : sockets) {
            socket.join("r" + random.nextInt(4), "r" + random.nextInt(4));
            socket.onAnyOutgoing(
                    (same, event, args) -> assertThat(shown.add(same.id())).isTrue());
        }
        for (int i = 0; i < 200; i++) {
            shown.clear();
            links.forEach(link -> link.delivered.clear());
            BroadcastOptions request = BroadcastOptions.ALL;
            for (int j = random.nextInt(3); j > 0; j--) {
                request = request.to(name(random));
            }
            for (int j = random.nextInt(3); j > 0; j--) {
                request = request.without(name(random));
            }
            namespace.choose(request).emit("x");
            settle();
            for (int j = 0; j < SOCKETS; j++) {
                assertThat(links.get(j).delivered).as(request.toString()).hasSize(shown.contains("s" + j) ? 1 : 0);
            }
        }
    }

    private static String name(Random random) {
        return random.nextBoolean() ? "r" + random.nextInt(5) : "s" + random.nextInt(SOCKETS);
    }
}
