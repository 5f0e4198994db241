// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client in one namespace. Any thread; packets that one thread sends reach the client in that order. */
public interface Socket {
    /** The public id: random, new for every connection, and the name of a room that holds this socket. */
    String id();

    Namespace namespace();

    Handshake handshake();

    /** Whether the socket is connected. False for good once it is gone. */
    boolean connected();

    /**
     * Whether the client came back after its connection broke, as the socket that it was: with its id, its rooms, its {@link #data}
     * and all events that it missed. See {@link ConnectionStateRecovery}.
     */
    boolean recovered();

    /** {@code polling} or {@code websocket}, whichever carries packets at the moment. */
    String transport();

    /** Joins rooms. No effect once the socket is gone. A broadcast by the same thread afterwards reaches the socket. */
    void join(String... rooms);

    /** Leaves rooms. */
    void leave(String... rooms);

    /** The rooms the socket is in, its own id among them. A copy. */
    Set<String> rooms();

    /** Sends an event without a payload. */
    SendResult emit(Event<Void> event);

    /** Sends an event to this client. */
    <T> SendResult emit(Event<T> event, T payload);

    /**
     * Sends an event with any number of arguments. {@code byte[]} values, at any depth, travel as binary.
     *
     * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
     */
    SendResult emit(String event, @Nullable Object... arguments);

    /** Sends an event unless the client is behind ({@code volatile} in Socket.IO). */
    <T> SendResult emitDroppable(Event<T> event, T payload);

    /** Sends an event unless the client is behind ({@code volatile} in Socket.IO). */
    SendResult emitDroppable(String event, @Nullable Object... arguments);

    /**
     * Sends an event and asks for an acknowledgement.
     *
     * @param deadline how long to wait; millisecond resolution, at least one
     * @return completes with the reply on a handler thread; fails with {@link RequestTimeout}, {@link SocketDisconnected} or
     *     {@link io.sockeye.event.PayloadException}
     */
    <T, R> CompletableFuture<R> request(Request<T, R> request, T payload, Duration deadline);

    /** The same with names and types at the call: the reply is the first argument of the acknowledgement. */
    <R> CompletableFuture<R> request(String event, Class<R> reply, Duration deadline, @Nullable Object... arguments);

    /** Sockets in these rooms, without this one. */
    Broadcast to(String... rooms);

    /** All sockets of the namespace, without this one. */
    Broadcast broadcast();

    /**
     * Values by name, for other servers to see in {@link Broadcast#fetchSockets} and to come back with a recovered connection.
     * Concurrent; empty at first. Values should be text, numbers, booleans, lists and maps.
     */
    Map<String, Object> data();

    /** Attaches a value to the socket, replacing one of the same type. */
    <T> void attach(Class<T> type, T value);

    /**
     * An attached value.
     *
     * @throws IllegalStateException if none of that type is attached
     */
    <T> T get(Class<T> type);

    /** An attached value, if there is one. */
    <T> Optional<T> find(Class<T> type);

    /** Ends this socket; the client does not come back by itself. Its other namespaces go on. */
    void disconnect();

    /** Ends this socket and with it the whole connection, all namespaces included. */
    void disconnectAll();
}
