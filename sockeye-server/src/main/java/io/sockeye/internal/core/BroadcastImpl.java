// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Broadcast;
import io.sockeye.api.RemoteSocket;
import io.sockeye.api.Replies;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.EventNames;
import io.sockeye.event.PayloadException;
import io.sockeye.event.Request;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.Message;
import io.sockeye.spi.SocketDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A choice of sockets of one namespace, and what the adapter can do with it. Immutable. */
final class BroadcastImpl implements Broadcast {
    private static final Logger LOG = LoggerFactory.getLogger(BroadcastImpl.class);

    private final Adapter adapter;
    private final Executor completions;
    private final BroadcastOptions options;

    BroadcastImpl(Adapter adapter, Executor completions, BroadcastOptions options) {
        this.adapter = adapter;
        this.completions = completions;
        this.options = options;
    }

    @Override
    public Broadcast to(String... rooms) {
        return with(options.to(rooms));
    }

    @Override
    public Broadcast in(String... rooms) {
        return with(options.to(rooms));
    }

    @Override
    public Broadcast except(String... rooms) {
        return with(options.without(rooms));
    }

    @Override
    public Broadcast local() {
        return with(options.asLocal());
    }

    @Override
    public Broadcast droppable() {
        return with(options.asDroppable());
    }

    @Override
    public Broadcast latest(String key) {
        return with(options.withKey(key));
    }

    @Override
    public Broadcast compress(boolean enabled) {
        return with(options.withCompression(enabled));
    }

    private BroadcastImpl with(BroadcastOptions changed) {
        return new BroadcastImpl(adapter, completions, changed);
    }

    // Sending

    @Override
    public void emit(Event<Void> event) {
        broadcast(event.name(), Args.of());
    }

    @Override
    public <T> void emit(Event<T> event, T payload) {
        broadcast(event.name(), Arguments.message(event.payload(), payload));
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        broadcast(event, Arguments.all(arguments));
    }

    private void broadcast(String event, Args args) {
        EventNames.requireUsable(event);
        adapter.broadcast(new Message(event, args), options);
    }

    // Asking

    @Override
    public <T, R> CompletableFuture<Replies<R>> request(Request<T, R> request, T payload, Duration deadline) {
        return ask(
                request.name(),
                Arguments.message(request.payload(), payload),
                deadline,
                outcome -> replies(outcome, request.reply()));
    }

    @Override
    public <R> CompletableFuture<Replies<R>> request(
            String event, Class<R> reply, Duration deadline, @Nullable Object... arguments) {
        return ask(event, Arguments.all(arguments), deadline, outcome -> replies(outcome, reply));
    }

    /** Asks, and makes something of the replies on a handler thread. */
    <R> CompletableFuture<R> ask(String event, Args args, Duration deadline, Function<AckReplies, R> result) {
        EventNames.requireUsable(event);
        return adapter.broadcastWithAck(new Message(event, args), options, deadline)
                .thenApplyAsync(result, completions)
                .toCompletableFuture();
    }

    /** A reply of another shape counts as none: one client must not cost the caller the replies of the others. */
    static <R> Replies<R> replies(AckReplies outcome, Class<R> type) {
        List<R> values = new ArrayList<>(outcome.replies().size());
        for (Args reply : outcome.replies()) {
            try {
                values.add(Arguments.bind(reply, type));
            } catch (PayloadException e) {
                LOG.debug("a reply has another shape than was asked for", e);
            }
        }
        return new Replies<>(values, outcome.missing(), outcome.expected());
    }

    // Sockets

    @Override
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return adapter.fetchSockets(options)
                .thenApplyAsync(this::remoteSockets, completions)
                .toCompletableFuture();
    }

    private List<RemoteSocket> remoteSockets(List<SocketDetails> found) {
        List<RemoteSocket> sockets = new ArrayList<>(found.size());
        found.forEach(details -> sockets.add(new RemoteSocketImpl(details, only(details.id()))));
        return sockets;
    }

    private BroadcastImpl only(String id) {
        return with(BroadcastOptions.ALL.to(id));
    }

    @Override
    public void socketsJoin(String... rooms) {
        adapter.addSockets(options, List.of(rooms));
    }

    @Override
    public void socketsLeave(String... rooms) {
        adapter.delSockets(options, List.of(rooms));
    }

    @Override
    public void disconnectSockets() {
        disconnectSockets(false);
    }

    @Override
    public void disconnectSockets(boolean close) {
        adapter.disconnectSockets(options, close);
    }

    @Override
    public void send(@Nullable Object... arguments) {
        emit(Arguments.MESSAGE, arguments);
    }
}
