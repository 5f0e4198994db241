// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import io.sockeye.api.ConnectionStateRecovery;
import io.sockeye.api.Namespace;
import io.sockeye.api.Socket;
import io.sockeye.event.Args;
import io.sockeye.event.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unmodified clients whose network is cut again and again, while several threads send numbered events, or they do. */
@Tag("client")
class RecoveryCutsTest {
    private static final int EVERY_MILLIS = 7;
    private static final Request<Args, Void> NUMBER = Request.of("number", Args.class, Void.class);
    private static final Request<String, Object> NUMBERS = Request.of("numbers", String.class, Object.class);

    static Stream<NodeScript> recovery() throws IOException {
        return NodeScript.ofSuite("recovery");
    }

    @ParameterizedTest
    @MethodSource
    void recovery(NodeScript script) throws IOException, InterruptedException {
        ScheduledExecutorService publishers = Executors.newScheduledThreadPool(3);
        try (Sockeye server = Sockeye.builder()
                .port(0)
                .eventLoops(2)
                .pingInterval(Duration.ofMillis(800))
                .pingTimeout(Duration.ofMillis(800))
                .connectionStateRecovery(ConnectionStateRecovery.defaults())
                .build()) {
            Namespace main = server.namespace("/").onConnect(socket -> {
                if (!socket.recovered()) {
                    socket.join("room");
                }
            });
            takeNumbers(main);
            server.start();
            publish(publishers, main);
            script.run(Map.of("SOCKEYE_URL", "http://127.0.0.1:" + server.port()));
        } finally {
            publishers.shutdownNow();
        }
    }

    /** Keeps what comes, and tells. */
    private static void takeNumbers(Namespace main) {
        Map<String, List<Integer>> arrived = new ConcurrentHashMap<>();
        main.on(NUMBER, (socket, args) -> {
            arrived.computeIfAbsent(args.get(0, String.class), stream -> new CopyOnWriteArrayList<>())
                    .add(args.get(1, Integer.class));
            return null;
        });
        main.on(NUMBERS, (socket, stream) -> List.copyOf(arrived.getOrDefault(stream, List.of())));
    }

    /** Each stream has one thread at a time, so that its numbers are in order; the streams race each other. */
    private static void publish(ScheduledExecutorService publishers, Namespace main) {
        AtomicInteger all = new AtomicInteger();
        AtomicInteger room = new AtomicInteger();
        Map<String, Integer> own = new ConcurrentHashMap<>();
        every(publishers, () -> main.emit("all", all.getAndIncrement()));
        every(publishers, () -> main.to("room").emit("room", room.getAndIncrement()));
        every(publishers, () -> {
            for (Socket socket : main.sockets()) {
                socket.emit("own", own.merge(socket.id(), 1, Integer::sum));
            }
        });
    }

    private static void every(ScheduledExecutorService publishers, Runnable task) {
        ScheduledFuture<?> ignored =
                publishers.scheduleAtFixedRate(task, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
}
