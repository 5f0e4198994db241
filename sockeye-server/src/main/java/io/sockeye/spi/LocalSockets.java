// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

import io.sockeye.api.RoomListener;
import io.sockeye.event.Args;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The sockets of one namespace on this node, as an adapter sees them. Any thread; nothing here waits. What one thread asks for is
 * done in that order at each socket. Stages complete on event loops: what an adapter chains to them may not wait.
 */
public interface LocalSockets {
    /** The name of the namespace, such as {@code /chat}. */
    String namespace();

    /** The rooms that have members on this node. The id of each socket is one of them. A copy. */
    Set<String> rooms();

    /**
     * Adds a listener that is told of the rooms of this node.
     *
     * @throws IllegalStateException if the server has started; {@link AdapterFactory#create} is the place
     */
    void onRooms(RoomListener listener);

    /**
     * Sends an event to the sockets of this node that the options choose, each once. The arguments are encoded before the method
     * returns.
     *
     * @throws IllegalArgumentException if an argument cannot be written
     */
    void broadcast(Message message, BroadcastOptions options);

    /**
     * Sends an event to the sockets of this node that the options choose and asks each for an acknowledgement.
     *
     * @param deadline how long to wait for those who do not answer
     * @return completes when all have acknowledged or are gone, or at the deadline; does not fail
     * @throws IllegalArgumentException if an argument cannot be written
     */
    CompletionStage<AckReplies> broadcastWithAck(
            Message message, BroadcastOptions options, Duration deadline, AckObserver observer);

    /** Describes the sockets of this node that the options choose. */
    CompletionStage<List<SocketDetails>> fetchSockets(BroadcastOptions options);

    /** Makes the sockets of this node that the options choose join rooms. */
    void addSockets(BroadcastOptions options, List<String> rooms);

    /** Makes the sockets of this node that the options choose leave rooms. */
    void delSockets(BroadcastOptions options, List<String> rooms);

    /**
     * Disconnects the sockets of this node that the options choose.
     *
     * @param close whether to close their connections, other namespaces included
     */
    void disconnectSockets(BroadcastOptions options, boolean close);

    /**
     * Hands an event of another server to the handlers that were registered for it with
     * {@link io.sockeye.api.Namespace#onServerSide}. They run one event at a time, in the order of the calls; beyond 10,000 that
     * wait, events are dropped.
     *
     * @param answer takes what a handler returns, on a handler thread, at most once; not called if the handler fails or if there
     *     is none
     */
    void serverSideEvent(Message message, Consumer<Args> answer);
}
