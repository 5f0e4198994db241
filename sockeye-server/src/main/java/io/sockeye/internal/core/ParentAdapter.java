// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.event.Args;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.Message;
import io.sockeye.spi.ServerReplies;
import io.sockeye.spi.SocketDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Takes everything to the adapters of all children that a parent has at the moment. */
/* An event is encoded once for each child, since a packet bears the name of its namespace. */
record ParentAdapter(Collection<NamespaceImpl> children) implements Adapter {

    private List<Adapter> adapters() {
        return children.stream().map(NamespaceImpl::adapter).toList();
    }

    private <T> CompletionStage<List<T>> all(Function<Adapter, CompletionStage<T>> question) {
        List<CompletableFuture<T>> parts = adapters().stream()
                .map(adapter -> question.apply(adapter).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public CompletionStage<Integer> serverCount() {
        return all(Adapter::serverCount)
                .thenApply(counts ->
                        counts.stream().mapToInt(Integer::intValue).max().orElse(1));
    }

    @Override
    public void broadcast(Message message, BroadcastOptions options) {
        adapters().forEach(adapter -> adapter.broadcast(message, options));
    }

    @Override
    public CompletionStage<AckReplies> broadcastWithAck(Message message, BroadcastOptions options, Duration deadline) {
        return all(adapter -> adapter.broadcastWithAck(message, options, deadline))
                .thenApply(ParentAdapter::joined);
    }

    private static AckReplies joined(List<AckReplies> parts) {
        List<Args> replies = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        int expected = 0;
        for (AckReplies part : parts) {
            replies.addAll(part.replies());
            missing.addAll(part.missing());
            expected += part.expected();
        }
        return new AckReplies(replies, missing, expected);
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        return all(adapter -> adapter.fetchSockets(options))
                .thenApply(parts -> parts.stream().flatMap(List::stream).toList());
    }

    @Override
    public void addSockets(BroadcastOptions options, List<String> rooms) {
        adapters().forEach(adapter -> adapter.addSockets(options, rooms));
    }

    @Override
    public void delSockets(BroadcastOptions options, List<String> rooms) {
        adapters().forEach(adapter -> adapter.delSockets(options, rooms));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        adapters().forEach(adapter -> adapter.disconnectSockets(options, close));
    }

    @Override
    public void serverSideEmit(Message message) {
        adapters().forEach(adapter -> adapter.serverSideEmit(message));
    }

    @Override
    public CompletionStage<ServerReplies> serverSideEmitWithAck(Message message, Duration deadline) {
        return all(adapter -> adapter.serverSideEmitWithAck(message, deadline))
                .thenApply(parts -> new ServerReplies(
                        parts.stream().flatMap(part -> part.replies().stream()).toList(),
                        parts.stream().mapToInt(ServerReplies::expected).sum()));
    }

    @Override
    public void close() {
        // Each child closes its own.
    }
}
