// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace. Any thread; packets that one thread sends reach the client in that order.
 *
 * <p>A socket may have handlers of its own, for what is dynamic; what holds for all sockets belongs to the namespace, where it
 * costs no memory for each. They may be registered and removed at any time, and run like the namespace's: on handler
 * threads, one event at a time. What is registered in a connect handler sees all events of the socket. An event is handled
 * in this order:
 *
 * <ol>
 *   <li>middleware of the namespace, then of the socket
 *   <li>{@code onAny} handlers of the namespace, then of the socket
 *   <li>handlers of the event: the socket's own, as they were registered, then the namespace's
 * </ol>
 *
 * <p>A handler registered meanwhile by one of the third step takes part from the next event on. If an event has handlers of
 * the socket's own, one that fails does not keep the others from running. An acknowledgement is answered once: by the first
 * handler of a request; if there are handlers of events only, by the failure of the first that failed, else without arguments.
 * An event of a socket that has had handlers of its own is never handled on the event loop.
 */
public interface Socket {
    /**
     * The public id: random, and the name of a room that holds this socket. New for every connection but one that was
     * {@link #recovered}.
     */
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

    /**
     * Joins rooms. No effect once the socket is gone. A broadcast by the same thread afterwards reaches the socket.
     *
     * @throws IllegalArgumentException if a name is longer than {@code maxRoomNameLength} allows; no room is joined then
     * @throws IllegalStateException if the socket is in as many rooms as {@code maxRoomsPerSocket} allows; those named first are joined
     */
    void join(String... rooms);

    /** Leaves rooms. */
    void leave(String... rooms);

    /** The rooms the socket is in, or was in when it ended, its own id among them. A copy. */
    Set<String> rooms();

    /** Sends an event without a payload. */
    SendResult emit(Event<Void> event);

    /** Sends an event to this client. */
    <T> SendResult emit(Event<T> event, T payload);

    /**
     * Sends an event with any number of arguments. {@code byte[]} values, at any depth, travel as binary.
     *
     * <p>Where clients can come back ({@link ConnectionStateRecovery}), each event has one more argument, a text by which the client
     * tells how far it got. While the client is away the result is {@link SendResult#QUEUED}, and the event waits for it.
     *
     * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
     */
    SendResult emit(String event, @Nullable Object... arguments);

    /** Sends the event {@code message}. */
    SendResult send(@Nullable Object... arguments);

    /** Sends an event unless the client is behind ({@code volatile} in Socket.IO). */
    <T> SendResult emitDroppable(Event<T> event, T payload);

    /** Sends an event unless the client is behind ({@code volatile} in Socket.IO). */
    SendResult emitDroppable(String event, @Nullable Object... arguments);

    /** Sends an event that replaces one that waits for the client under the same key of the namespace, such as {@code price:EURUSD}. */
    <T> SendResult emitLatest(String key, Event<T> event, T payload);

    /** Sends an event that replaces one that waits for the client under the same key of the namespace. */
    SendResult emitLatest(String key, String event, @Nullable Object... arguments);

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

    /** Adds a check that an event of this socket must pass, after those of the namespace. */
    Registration use(EventMiddleware middleware);

    /** Handles an event of this socket. A name may have several handlers. */
    <T> Registration on(Event<T> event, EventHandler<T> handler);

    /**
     * Handles an event by name; the payload is its first argument. {@link io.sockeye.event.Args} as the type gives all arguments.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    <T> Registration on(String event, Class<T> payload, EventHandler<T> handler);

    /** Answers a request of this socket. */
    <T, R extends @Nullable Object> Registration on(Request<T, R> request, RequestHandler<T, R> handler);

    /**
     * Answers a request by name; the payload is its first argument.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    <T, R extends @Nullable Object> Registration on(
            String request, Class<T> payload, Class<R> reply, RequestHandler<T, R> handler);

    /** Answers a request of this socket later. */
    <T, R extends @Nullable Object> Registration onAsync(Request<T, R> request, AsyncRequestHandler<T, R> handler);

    /** Handles the next event of this name, and none after it; one with a payload of another shape counts. */
    <T> Registration once(Event<T> event, EventHandler<T> handler);

    /**
     * Handles the next event of this name, and none after it; one with a payload of another shape counts.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    <T> Registration once(String event, Class<T> payload, EventHandler<T> handler);

    /** Answers the next request of this name, and none after it; one with a payload of another shape counts. */
    <T, R extends @Nullable Object> Registration once(Request<T, R> request, RequestHandler<T, R> handler);

    /** Removes all handlers that this socket has for an event or request. */
    void off(String event);

    /** Adds a handler that sees every event of this socket. */
    Registration onAny(AnyHandler handler);

    /** Adds a handler that sees every event of this socket, ahead of those there are. */
    Registration prependAny(AnyHandler handler);

    /** Removes the socket's handlers that see every event. */
    void offAny();

    /** The socket's handlers that see every event, in order. A copy. */
    List<AnyHandler> listenersAny();

    /**
     * Adds a handler that sees every event sent to this socket, after those of the namespace. No effect once the socket is
     * gone, and removed when it goes.
     */
    Registration onAnyOutgoing(OutgoingHandler handler);

    /** The same as {@link #onAnyOutgoing}, but ahead of those that the socket has. */
    Registration prependAnyOutgoing(OutgoingHandler handler);

    /** Removes the socket's handlers that see every event sent to it. */
    void offAnyOutgoing();

    /** The socket's handlers that see every event sent to it, in order. A copy. */
    List<OutgoingHandler> listenersAnyOutgoing();

    /**
     * Adds a handler that is told what middleware and handlers throw at an event of this socket. Called on the thread on which
     * it was thrown; for an asynchronous answer that is the one that completed it.
     */
    Registration onError(ErrorHandler handler);

    /**
     * Adds a handler for the end of this socket, called ahead of all {@link #onDisconnect} handlers. Those of the socket come
     * before those of the namespace. All handlers of the socket are removed afterwards.
     */
    Registration onDisconnecting(DisconnectHandler handler);

    /** Adds a handler for the end of this socket, ahead of those of the namespace. */
    Registration onDisconnect(DisconnectHandler handler);

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
