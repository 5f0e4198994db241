// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.spi.AckObserver;
import io.sockeye.spi.AckReplies;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.LocalSockets;
import io.sockeye.spi.Message;
import io.sockeye.spi.ServerReplies;
import io.sockeye.spi.SocketDetails;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The adapter of a server that is alone. */
public record MemoryAdapter(LocalSockets local) implements Adapter {
    @Override
    public CompletionStage<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public void broadcast(Message message, BroadcastOptions options) {
        local.broadcast(message, options);
    }

    @Override
    public CompletionStage<AckReplies> broadcastWithAck(Message message, BroadcastOptions options, Duration deadline) {
        return local.broadcastWithAck(message, options, deadline, AckObserver.NONE);
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        return local.fetchSockets(options);
    }

    @Override
    public void addSockets(BroadcastOptions options, List<String> rooms) {
        local.addSockets(options, rooms);
    }

    @Override
    public void delSockets(BroadcastOptions options, List<String> rooms) {
        local.delSockets(options, rooms);
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        local.disconnectSockets(options, close);
    }

    @Override
    public void serverSideEmit(Message message) {
        // There is no other server.
    }

    @Override
    public CompletionStage<ServerReplies> serverSideEmitWithAck(Message message, Duration deadline) {
        return CompletableFuture.completedFuture(new ServerReplies(List.of(), 0));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
