// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.DisconnectReason;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.testing.OwnThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomIndexTest {
    private static final int ROOMS = 5;
    private static final int SOCKETS = 24;

    private final List<ThreadLoop> loops = List.of(new ThreadLoop(0), new ThreadLoop(1), new ThreadLoop(2));
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

    @AfterEach
    void stop() {
        loops.forEach(ThreadLoop::close);
    }

    private void connect(int count) {
        for (int i = 0; i < count; i++) {
            RecordingLink link = new RecordingLink(loops.get(i % loops.size()));
            SocketImpl socket = link.socket("s" + i, namespace);
            link.loop().execute(socket::connect);
            links.add(link);
            sockets.add(socket);
        }
        settle();
    }

    /** Tasks of a loop may give tasks to it, once. */
    private void settle() {
        loops.forEach(ThreadLoop::settle);
        loops.forEach(ThreadLoop::settle);
    }

    private static void inParallel(int threads, IntConsumer work) {
        CompletableFuture<?>[] all = IntStream.range(0, threads)
                .mapToObj(i -> OwnThread.run(() -> work.accept(i)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }

    private void walk(int seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 3_000; step++) {
            SocketImpl socket = sockets.get(random.nextInt(sockets.size()));
            String room = "room" + random.nextInt(ROOMS);
            Runnable move = random.nextBoolean() ? () -> socket.join(room) : () -> socket.leave(room);
            if (random.nextInt(3) == 0) {
                socket.loop().execute(move);
            } else {
                move.run();
            }
            if (random.nextInt(10) == 0) {
                namespace.to(room).emit("noise");
            }
        }
    }

    private void assertThatBroadcastsReachExactlyTheMembers() {
        for (int i = 0; i < ROOMS; i++) {
            String room = "room" + i;
            links.forEach(link -> link.delivered.clear());
            namespace.to(room).emit("check");
            settle();
            int members = 0;
            for (int j = 0; j < sockets.size(); j++) {
                boolean member =
                        sockets.get(j).connected() && sockets.get(j).rooms().contains(room);
                assertThat(links.get(j).delivered).hasSize(member ? 1 : 0);
                members += member ? 1 : 0;
            }
            assertThat(namespace.members(room)).isEqualTo(members);
        }
    }

    @Test
    void joinsAndLeavesOfManyThreadsEndInOneTruth() {
        connect(SOCKETS);
        inParallel(6, this::walk);
        settle();
        assertThatBroadcastsReachExactlyTheMembers();
    }

    @Test
    void joinsThatRaceTheEndLeaveNoDeadMember() {
        connect(SOCKETS);
        inParallel(4, i -> {
            if (i == 0) {
                sockets.forEach(socket -> socket.loop().execute(() -> socket.end(DisconnectReason.TRANSPORT_CLOSE)));
            } else if (i == 1) {
                sockets.forEach(SocketImpl::disconnect);
            } else {
                walk(i);
            }
        });
        settle();
        assertThat(namespace.sockets()).isEmpty();
        assertThat(namespace.roomCount()).isZero();
        assertThatBroadcastsReachExactlyTheMembers();
    }

    @Test
    void broadcastsOfOneThreadReachEachSocketInOrderAndOnce() {
        connect(SOCKETS);
        sockets.forEach(socket -> socket.join("room0", "room1"));
        inParallel(3, thread -> {
            for (int i = 0; i < 1_000; i++) {
                namespace.to("room0", "room1").emit("n" + thread, i);
            }
        });
        settle();
        for (RecordingLink link : links) {
            assertThat(link.delivered).hasSize(3_000);
            for (int thread = 0; thread < 3; thread++) {
                String begin = "42[\"n" + thread + "\",";
                List<String> expected =
                        IntStream.range(0, 1_000).mapToObj(i -> begin + i + "]").toList();
                assertThat(link.delivered.stream().filter(packet -> packet.startsWith(begin)))
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void whatAThreadBroadcastsBetweenItsJoinAndItsLeaveArrivesAlsoWhileTheLoopMovesTheSameSocket() {
        connect(1);
        SocketImpl socket = sockets.get(0);
        inParallel(2, thread -> {
            for (int i = 0; i < 2_000; i++) {
                String room = "own" + thread;
                int number = i;
                Runnable work = () -> {
                    socket.join(room);
                    namespace.to(room).emit("in" + thread, number);
                    socket.leave(room);
                    namespace.to(room).emit("out" + thread, number);
                };
                if (thread == 0) {
                    work.run();
                } else {
                    socket.loop().execute(work);
                }
            }
        });
        settle();
        assertThat(links.get(0).delivered).hasSize(4_000).allMatch(packet -> packet.startsWith("42[\"in"));
    }
}
