// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A choice of sockets and a way to send to them. Immutable: every method returns a new choice, so that one can be kept and
 * refined. Any thread. Packets that one thread broadcasts reach each socket in that order, each socket once.
 */
public interface Broadcast {
    /**
     * Chooses the members of these rooms too. Without any room, all sockets of the namespace are chosen.
     *
     * @throws IllegalArgumentException if no room is given
     */
    Broadcast to(String... rooms);

    /** The same as {@link #to}. */
    Broadcast in(String... rooms);

    /**
     * Leaves out the members of these rooms. A socket's id is a room that holds it.
     *
     * @throws IllegalArgumentException if no room is given
     */
    Broadcast except(String... rooms);

    /** Sends to sockets of this node only. */
    Broadcast local();

    /** Drops the packet for clients that cannot take it at once ({@code volatile} in Socket.IO). */
    Broadcast droppable();

    /**
     * Replaces what waits for a client under the same key of the namespace: one that is behind gets the latest only, such as the
     * latest price. Clients that are not behind get all.
     *
     * @param key such as {@code price:EURUSD}
     */
    Broadcast latest(String key);

    /** Whether transports that compress may do so with the packet. Default: true. */
    Broadcast compress(boolean enabled);

    /** Sends an event without a payload to each chosen socket. */
    void emit(Event<Void> event);

    /**
     * Sends an event to each chosen socket. The payload is encoded before the method returns.
     *
     * @throws IllegalArgumentException if the payload cannot be written
     */
    <T> void emit(Event<T> event, T payload);

    /**
     * Sends an event with any number of arguments. {@code byte[]} values, at any depth, travel as binary.
     *
     * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
     */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends an event to each chosen socket and asks each for an acknowledgement.
     *
     * @param deadline how long to wait for those who do not answer; millisecond resolution, at least one
     * @return completes on a handler thread when all have answered or are gone, or at the deadline, with the replies that came; it
     *     does not fail because a client does not answer
     * @throws IllegalArgumentException if the payload cannot be written
     */
    <T, R> CompletableFuture<Replies<R>> request(Request<T, R> request, T payload, Duration deadline);

    /** The same with names and types at the call: a reply is the first argument of an acknowledgement. */
    <R> CompletableFuture<Replies<R>> request(
            String event, Class<R> reply, Duration deadline, @Nullable Object... arguments);

    /** Describes the chosen sockets, on all nodes. Completes on a handler thread. */
    CompletableFuture<List<RemoteSocket>> fetchSockets();

    /** Makes the chosen sockets join rooms. A broadcast by the same thread afterwards reaches those of this node there. */
    void socketsJoin(String... rooms);

    /** Makes the chosen sockets leave rooms. */
    void socketsLeave(String... rooms);

    /** Ends the chosen sockets; their clients do not come back by themselves. */
    void disconnectSockets();

    /**
     * Ends the chosen sockets.
     *
     * @param close whether to close their connections too, all namespaces included
     */
    void disconnectSockets(boolean close);
    /** Sends the event {@code message} to each chosen socket. */
    void send(@Nullable Object... arguments);
}
