// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import io.sockeye.event.Args;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.PacketAssembler;
import io.sockeye.protocol.ProtocolLimits;
import io.sockeye.spi.AckObserver;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.AdapterFactory;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.LocalSockets;
import io.sockeye.spi.Message;
import io.sockeye.spi.ServerReplies;
import io.sockeye.spi.SocketDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the servers of one JVM, for tests. Everything goes over one thread, the bus, as bytes; what came of a question is kept on
 * that thread only. Any thread may call an adapter.
 */
public final class InProcessCluster implements AdapterFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InProcessCluster.class);
    private static final JsonFormat FORMAT = new JsonFormat();

    private final ScheduledExecutorService bus = Executors.newSingleThreadScheduledExecutor();
    private final Duration patience;
    private final Map<String, List<Node>> nodes = new ConcurrentHashMap<>();

    /** @param patience how long to wait for descriptions of sockets */
    public InProcessCluster(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Adapter create(LocalSockets local) {
        List<Node> all = nodes.computeIfAbsent(local.namespace(), name -> new CopyOnWriteArrayList<>());
        Node node = new Node(local, all);
        all.add(node);
        return node;
    }

    /** Has a server fall silent, one by the order in which they came: nothing reaches it or comes from it. */
    public void cutOff(int server) {
        nodes.values().forEach(all -> all.get(server).reachable = false);
    }

    @Override
    public void close() {
        bus.shutdownNow();
    }

    private void onBus(Runnable task) {
        try {
            bus.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the bus has ended; a message is lost", e);
        }
    }

    private void later(Duration delay, Runnable task) {
        ScheduledFuture<?> ignored = bus.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Writes arguments now and reads them for each that takes them. */
    private static Supplier<Args> carried(Args args) {
        EncodedPacket packet = FORMAT.ack("/", 0, args);
        return () -> {
            PacketAssembler assembler = FORMAT.newAssembler(ProtocolLimits.DEFAULTS);
            Packet read = assembler.text(packet.head(), 1, packet.head().length - 1);
            for (byte[] attachment : packet.attachments()) {
                read = assembler.binary(attachment);
            }
            if (read instanceof Packet.Ack ack) {
                return ack.args();
            }
            throw new IllegalStateException("expected what was written, got " + read);
        };
    }

    /** What is waited for: this node, and so many others until time is up. Bus only. */
    private static final class Gathering {
        private final Runnable finish;
        private boolean own;
        private int others;
        private boolean finished;

        Gathering(boolean own, int others, Runnable finish) {
            this.own = own;
            this.others = others;
            this.finish = finish;
        }

        void ownCame() {
            own = false;
            check();
        }

        void otherCame() {
            others--;
            check();
        }

        void timeIsUp() {
            others = 0;
            check();
        }

        private void check() {
            if (!own && others <= 0 && !finished) {
                finished = true;
                finish.run();
            }
        }
    }

    /** One namespace of one server. */
    private final class Node implements Adapter {
        private final LocalSockets local;
        private final List<Node> all;
        private volatile boolean reachable = true;

        Node(LocalSockets local, List<Node> all) {
            this.local = local;
            this.all = all;
        }

        private List<Node> others() {
            return all.stream().filter(node -> node != this).toList();
        }

        /** Does something at another node, later. */
        private void at(Node other, Consumer<LocalSockets> task) {
            onBus(() -> {
                if (reachable && other.reachable) {
                    task.accept(other.local);
                }
            });
        }

        private void atOthers(BroadcastOptions options, Consumer<LocalSockets> task) {
            if (!options.local()) {
                others().forEach(other -> at(other, task));
            }
        }

        @Override
        public CompletionStage<Integer> serverCount() {
            return CompletableFuture.completedFuture(all.size());
        }

        @Override
        public void broadcast(Message message, BroadcastOptions options) {
            Supplier<Args> args = carried(message.args());
            local.broadcast(message, options);
            atOthers(options, sockets -> sockets.broadcast(new Message(message.event(), args.get()), options));
        }

        @Override
        public CompletionStage<AckReplies> broadcastWithAck(
                Message message, BroadcastOptions options, Duration deadline) {
            CompletionStage<AckReplies> own = local.broadcastWithAck(message, options, deadline, AckObserver.NONE);
            List<Node> others = options.local() ? List.of() : others();
            Supplier<Args> args = carried(message.args());
            Acknowledgements acks = new Acknowledgements(others.size());
            for (Node other : others) {
                AckObserver observer = acks.from(other);
                at(other, sockets -> {
                    var ignored = sockets.broadcastWithAck(
                                    new Message(message.event(), args.get()), options, deadline, observer)
                            .thenRun(() -> onBus(() -> whileReachable(other, acks.gathering::otherCame)));
                });
            }
            var ignored = own.thenAccept(outcome -> onBus(() -> acks.own(outcome)));
            later(deadline, acks.gathering::timeIsUp);
            return acks.result;
        }

        private void whileReachable(Node other, Runnable task) {
            if (reachable && other.reachable) {
                task.run();
            }
        }

        /** The acknowledgements of all nodes. Bus only. */
        private final class Acknowledgements {
            private final CompletableFuture<AckReplies> result = new CompletableFuture<>();
            private final List<Args> replies = new ArrayList<>();
            private final Gathering gathering;
            private Set<String> missing = Set.of();
            private int expected;

            Acknowledgements(int others) {
                gathering =
                        new Gathering(true, others, () -> result.complete(new AckReplies(replies, missing, expected)));
            }

            void own(AckReplies outcome) {
                replies.addAll(outcome.replies());
                missing = outcome.missing();
                expected += outcome.expected();
                gathering.ownCame();
            }

            AckObserver from(Node other) {
                return new AckObserver() {
                    @Override
                    public void onAsked(int sockets) {
                        onBus(() -> whileReachable(other, () -> expected += sockets));
                    }

                    @Override
                    public void onReply(Args reply) {
                        Supplier<Args> carried = carried(reply);
                        onBus(() -> whileReachable(other, () -> replies.add(carried.get())));
                    }
                };
            }
        }

        @Override
        public CompletionStage<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
            CompletableFuture<List<SocketDetails>> result = new CompletableFuture<>();
            List<SocketDetails> found = new ArrayList<>();
            List<Node> others = options.local() ? List.of() : others();
            Gathering gathering = new Gathering(true, others.size(), () -> result.complete(List.copyOf(found)));
            for (Node other : others) {
                at(other, sockets -> {
                    var ignored = sockets.fetchSockets(options)
                            .thenAccept(part -> onBus(() -> whileReachable(other, () -> {
                                found.addAll(part);
                                gathering.otherCame();
                            })));
                });
            }
            var ignored = local.fetchSockets(options)
                    .thenAccept(part -> onBus(() -> {
                        found.addAll(part);
                        gathering.ownCame();
                    }));
            later(patience, gathering::timeIsUp);
            return result;
        }

        @Override
        public void addSockets(BroadcastOptions options, List<String> rooms) {
            local.addSockets(options, rooms);
            atOthers(options, sockets -> sockets.addSockets(options, rooms));
        }

        @Override
        public void delSockets(BroadcastOptions options, List<String> rooms) {
            local.delSockets(options, rooms);
            atOthers(options, sockets -> sockets.delSockets(options, rooms));
        }

        @Override
        public void disconnectSockets(BroadcastOptions options, boolean close) {
            local.disconnectSockets(options, close);
            atOthers(options, sockets -> sockets.disconnectSockets(options, close));
        }

        @Override
        public void serverSideEmit(Message message) {
            Supplier<Args> args = carried(message.args());
            atOthers(
                    BroadcastOptions.ALL,
                    sockets -> sockets.serverSideEvent(new Message(message.event(), args.get()), answer -> {}));
        }

        @Override
        public CompletionStage<ServerReplies> serverSideEmitWithAck(Message message, Duration deadline) {
            CompletableFuture<ServerReplies> result = new CompletableFuture<>();
            List<Args> replies = new ArrayList<>();
            List<Node> others = others();
            Supplier<Args> args = carried(message.args());
            Gathering gathering = new Gathering(
                    false, others.size(), () -> result.complete(new ServerReplies(replies, others.size())));
            for (Node other : others) {
                Consumer<Args> answer = reply -> {
                    Supplier<Args> carried = carried(reply);
                    onBus(() -> whileReachable(other, () -> {
                        replies.add(carried.get());
                        gathering.otherCame();
                    }));
                };
                at(other, sockets -> sockets.serverSideEvent(new Message(message.event(), args.get()), answer));
            }
            onBus(gathering::check);
            later(deadline, gathering::timeIsUp);
            return result;
        }

        @Override
        public void close() {
            all.remove(this);
        }
    }
}
