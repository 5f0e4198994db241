// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArraySet;

/** Joins servers of this JVM for what they tell each other; each serves its own clients. */
final class LinkedServers implements AdapterFactory {
    private final Set<LocalSockets> all = new CopyOnWriteArraySet<>();

    @Override
    public Adapter create(LocalSockets local) {
        all.add(local);
        return new Node(local);
    }

    private final class Node implements Adapter {
        private final LocalSockets local;

        Node(LocalSockets local) {
            this.local = local;
        }

        @Override
        public CompletionStage<Integer> serverCount() {
            return CompletableFuture.completedFuture(all.size());
        }

        @Override
        public void broadcast(Message message, BroadcastOptions options) {
            local.broadcast(message, options);
        }

        @Override
        public CompletionStage<AckReplies> broadcastWithAck(
                Message message, BroadcastOptions options, Duration deadline) {
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
            all.stream()
                    .filter(other -> other != local && other.namespace().equals(local.namespace()))
                    .forEach(other -> other.serverSideEvent(message, answer -> {}));
        }

        @Override
        public CompletionStage<ServerReplies> serverSideEmitWithAck(Message message, Duration deadline) {
            return CompletableFuture.completedFuture(new ServerReplies(List.of(), all.size() - 1));
        }

        @Override
        public void close() {
            all.remove(local);
        }
    }
}
