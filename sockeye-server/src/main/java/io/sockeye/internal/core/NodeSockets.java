// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.RoomListener;
import io.sockeye.event.Args;
import io.sockeye.event.EventNames;
import io.sockeye.protocol.Packet;
import io.sockeye.spi.AckObserver;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.LocalSockets;
import io.sockeye.spi.Message;
import io.sockeye.spi.SocketDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What adapters may do with the sockets of one namespace on this node. Any thread. */
final class NodeSockets implements LocalSockets {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSockets.class);

    private final NamespaceImpl namespace;
    private final WireFormats formats;
    private final RoomEvents roomEvents;
    private final ServerSideHandlers serverSide;

    NodeSockets(NamespaceImpl namespace, WireFormats formats, RoomEvents roomEvents, ServerSideHandlers serverSide) {
        this.namespace = namespace;
        this.formats = formats;
        this.roomEvents = roomEvents;
        this.serverSide = serverSide;
    }

    @Override
    public String namespace() {
        return namespace.name();
    }

    @Override
    public Set<String> rooms() {
        return namespace.roomNames();
    }

    @Override
    public void onRooms(RoomListener listener) {
        roomEvents.add(listener);
    }

    @Override
    public void broadcast(Message message, BroadcastOptions options) {
        EventNames.requireUsable(message.event());
        namespace.waits().await(options);
        if (!namespace.backlog().admits()) {
            return;
        }
        Recovery recovery = namespace.recovery();
        if (recovery != null && !options.droppable()) {
            show(message, options);
            recovery.broadcast(message, options);
            return;
        }
        Outgoing outgoing = encode(message, options, Packet.NO_ACK_ID);
        show(message, options);
        boolean droppable = options.droppable();
        namespace
                .rooms()
                .onLoops(
                        options,
                        namespace,
                        outgoing.bytes(),
                        loop -> loop.deliver(options, namespace, outgoing, droppable));
    }

    private void show(Message message, BroadcastOptions options) {
        if (namespace.outgoing().any()) {
            namespace.outgoing().show(options, message.event(), message.args());
        }
    }

    private Outgoing encode(Message message, BroadcastOptions options, long ackId) {
        EventNames.requireUsable(message.event());
        return Outgoing.of(
                formats,
                namespace.name(),
                ackId,
                message,
                options.compress(),
                namespace.waits().hint(namespace.name(), options));
    }

    @Override
    public CompletionStage<AckReplies> broadcastWithAck(
            Message message, BroadcastOptions options, Duration deadline, AckObserver observer) {
        EventNames.requireUsable(message.event());
        namespace.waits().await(options);
        long ackId = namespace.nextAckId();
        Outgoing outgoing = encode(message, options, ackId);
        if (namespace.closed() || !namespace.backlog().admits()) {
            return CompletableFuture.completedFuture(new AckReplies(List.of(), Set.of(), 0));
        }
        long millis = Math.max(1, deadline.toMillis());
        show(message, options);
        return new RoomRequest(namespace, outgoing, ackId, millis, observer).start(options);
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        if (namespace.closed()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<CompletableFuture<List<SocketDetails>>> parts = new ArrayList<>();
        for (LoopRooms rooms : namespace.rooms().all()) {
            parts.add(CompletableFuture.supplyAsync(() -> describe(rooms, options), rooms.loop()::run));
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        parts.stream().flatMap(part -> part.join().stream()).toList());
    }

    private List<SocketDetails> describe(LoopRooms rooms, BroadcastOptions options) {
        return rooms.chosen(options, namespace).stream()
                .map(SocketImpl::details)
                .toList();
    }

    @Override
    public void addSockets(BroadcastOptions options, List<String> names) {
        String[] joined = names.toArray(String[]::new);
        move(options, socket -> joinSafely(socket, joined));
    }

    /** A socket that may join no more must not cost the others their move. */
    private static void joinSafely(SocketImpl socket, String... names) {
        try {
            socket.join(names);
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.warn("{} was not moved into a room", socket, e);
        }
    }

    @Override
    public void delSockets(BroadcastOptions options, List<String> names) {
        String[] left = names.toArray(String[]::new);
        move(options, socket -> socket.leave(left));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        move(options, close ? SocketImpl::disconnectAll : SocketImpl::disconnect);
    }

    /** The walk is over before the first socket moves. */
    private void move(BroadcastOptions options, Consumer<SocketImpl> task) {
        namespace
                .rooms()
                .moveOnLoops(
                        options,
                        namespace,
                        loop -> loop.chosen(options, namespace).forEach(task));
    }

    @Override
    public void serverSideEvent(Message message, Consumer<Args> answer) {
        serverSide.take(message, answer);
    }
}
