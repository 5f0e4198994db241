// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.api.DisconnectReason;
import io.sockeye.event.Args;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.protocol.Packet;
import io.sockeye.spi.AckObserver;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.LocalSockets;
import io.sockeye.spi.Message;
import io.sockeye.testing.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A request to ten thousand sockets of one loop. */
class ManyMembersTest {
    private static final int MEMBERS = 10_000;
    private static final Message MESSAGE = new Message("x", Args.of());
    private static final Duration DEADLINE = Duration.ofMillis(100);

    private final ManualLoop loop = new ManualLoop();
    private final TimerWheel wheel = new TimerWheel(loop, loop::nanoTime);
    private final AtomicReference<@Nullable LocalSockets> made = new AtomicReference<>();
    private final NamespaceImpl namespace = new NamespaceImpl(
            "/",
            new CoreSettings(
                    List.of(loop),
                    Runnable::run,
                    new SerialQueue.Bounds(10, 1_000_000),
                    100_000,
                    RecordingLink.FORMATS,
                    local -> {
                        made.set(local);
                        return new MemoryAdapter(local);
                    },
                    null));
    private final List<SocketImpl> sockets = new ArrayList<>();

    private CompletableFuture<AckReplies> ask(AckObserver observer) {
        for (int i = 0; i < MEMBERS; i++) {
            SocketImpl socket = new RecordingLink(loop, wheel).socket("s" + i, namespace);
            socket.connect();
            socket.join("room");
            sockets.add(socket);
        }
        LocalSockets local = made.get();
        assertThat(local).isNotNull();
        return local.broadcastWithAck(MESSAGE, BroadcastOptions.ALL.to("room"), DEADLINE, observer)
                .toCompletableFuture();
    }

    private void reply(int from, int to) {
        sockets.subList(from, to).forEach(socket -> socket.receive(new Packet.Ack("/", 0, Args.of(1))));
    }

    @Test
    void theLastReplyEndsIt() {
        CompletableFuture<AckReplies> result = ask(AckObserver.NONE);
        reply(0, MEMBERS - 1);
        assertThat(result).isNotDone();
        reply(MEMBERS - 1, MEMBERS);
        assertThat(result.join().replies()).hasSize(MEMBERS);
        assertThat(result.join().expected()).isEqualTo(MEMBERS);
        loop.advance(300);
        assertThat(loop.scheduled()).isZero();
    }

    @Test
    void theDeadlineEndsItAndLeavesNothingThatWaits() {
        CompletableFuture<AckReplies> result = ask(AckObserver.NONE);
        reply(0, 4_000);
        loop.advance(300);
        assertThat(result.join().replies()).hasSize(4_000);
        assertThat(result.join().missing()).hasSize(6_000);
        reply(0, MEMBERS);
        assertThat(result.join().replies()).hasSize(4_000);
    }

    @Test
    void socketsThatEndAreMissingAndWaitedForNoLonger() {
        CompletableFuture<AckReplies> result = ask(AckObserver.NONE);
        sockets.subList(0, 4_000).forEach(socket -> socket.end(DisconnectReason.TRANSPORT_CLOSE));
        reply(4_000, MEMBERS);
        assertThat(result.join().missing()).hasSize(4_000);
    }

    @Test
    void anObserverThatFailsCostsNoReplies() {
        CompletableFuture<AckReplies> result = ask(new AckObserver() {
            @Override
            public void onAsked(int count) {
                throw new IllegalStateException("a fault of an adapter");
            }

            @Override
            public void onReply(Args reply) {
                if (!sockets.isEmpty()) {
                    sockets.clear();
                    throw new IllegalStateException("a fault of an adapter");
                }
            }
        });
        List<SocketImpl> all = List.copyOf(sockets);
        all.forEach(socket -> socket.receive(new Packet.Ack("/", 0, Args.of(1))));
        assertThat(result.join().replies()).hasSize(MEMBERS);
    }
}
