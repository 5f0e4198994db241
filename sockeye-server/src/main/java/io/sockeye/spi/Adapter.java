// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Takes what is meant for the sockets of a namespace to all nodes, this one included. There is one for each namespace.
 *
 * <p>Any thread calls, event loops too; no method but {@link #close} may wait. For the part of this node an adapter calls the
 * {@link LocalSockets} that it was made with, before it returns. Options with {@link BroadcastOptions#local} never leave the node.
 * Messages are written before a method returns, since the program may change the values inside afterwards.
 *
 * <p>What one thread calls takes effect at each node in that order: at this node always, at others at most once. A question never
 * fails because a node does not answer: it completes at its deadline with what came, and its counts tell that something is
 * missing, as far as they came. Stages may complete on any thread; what the program chains to them runs on handler threads. After
 * {@link #close} methods may still be called; they serve this node only.
 */
public interface Adapter extends AutoCloseable {
    /** How many servers there are, this one included. */
    CompletionStage<Integer> serverCount();

    /**
     * Sends an event to the chosen sockets.
     *
     * @throws IllegalArgumentException if an argument cannot be written
     */
    void broadcast(Message message, BroadcastOptions options);

    /**
     * Sends an event to the chosen sockets and collects their acknowledgements.
     *
     * @throws IllegalArgumentException if an argument cannot be written
     */
    CompletionStage<AckReplies> broadcastWithAck(Message message, BroadcastOptions options, Duration deadline);

    /** Describes the chosen sockets. */
    CompletionStage<List<SocketDetails>> fetchSockets(BroadcastOptions options);

    /** Makes the chosen sockets join rooms. */
    void addSockets(BroadcastOptions options, List<String> rooms);

    /** Makes the chosen sockets leave rooms. */
    void delSockets(BroadcastOptions options, List<String> rooms);

    /**
     * Disconnects the chosen sockets.
     *
     * @param close whether to close their connections, other namespaces included
     */
    void disconnectSockets(BroadcastOptions options, boolean close);

    /** Sends an event to the handlers of all other servers. */
    void serverSideEmit(Message message);

    /** Sends an event to the handlers of all other servers and collects their answers, for as long as the deadline allows. */
    CompletionStage<ServerReplies> serverSideEmitWithAck(Message message, Duration deadline);

    /** Lets go of everything. Called once, when the server closes or the namespace is removed. */
    @Override
    void close();
}
