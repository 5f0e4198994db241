// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A part of the server that clients join by name, with its own handlers, sockets and rooms.
 *
 * <p>Handlers are registered before the server starts; an event name has one handler, beside those of single sockets
 * ({@link Socket}, which tells in what order all of them are called). They run on handler threads, where they
 * may block: the events of one socket one at a time and in order, different sockets at the same time. A handler registered
 * with a {@code nonBlocking} method runs on the event loop where it can; it must not block. Where
 * clients can come back ({@link ConnectionStateRecovery}) it runs on handler threads like the others.
 */
public interface Namespace extends Broadcast {
    /** Its name, such as {@code /} or {@code /chat}. */
    String name();

    /** Adds a check that a client must pass to connect. */
    Namespace use(ConnectMiddleware middleware);

    /** Adds a check that an event must pass to be handled. */
    Namespace useEvent(EventMiddleware middleware);

    /**
     * Sets who may do what here.
     *
     * @throws IllegalStateException if there is a policy already, or a handler for {@code join_room} and a rule for it
     */
    Namespace policy(Policy policy);

    /**
     * Sets what checks the payloads of events, before any handler of the namespace or of a socket gets them.
     *
     * @throws IllegalStateException if there is one already
     */
    Namespace validator(PayloadValidator validator);

    /** Adds a handler that is told of events whose payload was refused. Called on the thread on which that was found. */
    Namespace onInvalid(InvalidPayloadHandler handler);

    /** Adds a handler for new sockets. */
    Namespace onConnect(ConnectHandler handler);

    /** Adds a handler for sockets that are gone, called ahead of those of {@link #onDisconnect}. */
    Namespace onDisconnecting(DisconnectHandler handler);

    /** Adds a handler for sockets that are gone. */
    Namespace onDisconnect(DisconnectHandler handler);

    /** Adds a handler that sees every event. */
    Namespace onAny(AnyHandler handler);

    /** Adds a handler that sees every event, ahead of those there are. */
    Namespace prependAny(AnyHandler handler);

    /** Adds a handler that sees every event sent to a socket. Broadcasts cost one call for each recipient then. */
    Namespace onAnyOutgoing(OutgoingHandler handler);

    /** Adds a handler that sees every event sent to a socket, ahead of those there are. */
    Namespace prependAnyOutgoing(OutgoingHandler handler);

    /** Handles an event. */
    <T> Namespace on(Event<T> event, EventHandler<T> handler);

    /** Handles an event by name; the payload is its first argument. {@link Args} as the type gives all arguments. */
    <T> Namespace on(String event, Class<T> payload, EventHandler<T> handler);

    /** Answers a request. */
    <T, R extends @Nullable Object> Namespace on(Request<T, R> request, RequestHandler<T, R> handler);

    /** Answers a request by name; the payload is its first argument. */
    <T, R extends @Nullable Object> Namespace on(
            String request, Class<T> payload, Class<R> reply, RequestHandler<T, R> handler);

    /** Answers a request later. */
    <T, R extends @Nullable Object> Namespace onAsync(Request<T, R> request, AsyncRequestHandler<T, R> handler);

    /** Handles an event with code that never blocks. */
    <T> Namespace nonBlocking(Event<T> event, EventHandler<T> handler);

    /** Answers a request with code that never blocks. */
    <T, R extends @Nullable Object> Namespace nonBlocking(Request<T, R> request, RequestHandler<T, R> handler);

    /**
     * Limits how often each socket may send an event; see {@link #rateLimit(String, RateLimitScope, RateLimit)}. Ten at once, and ten in
     * ten seconds: {@code rateLimit("message", RateLimit.of(10, Duration.ofSeconds(10)))}.
     */
    default Namespace rateLimit(String event, RateLimit limit) {
        return rateLimit(event, RateLimitScope.CONNECTION, limit);
    }

    /**
     * Limits how often an event may be sent. One that is over the limit is not handled: no middleware and no handler sees it, and an
     * acknowledgement is answered with {@link RateLimits#MESSAGE}. An event may have one limit for each scope.
     *
     * @throws IllegalStateException if the server has started, if the event has a limit of this scope already, or if the scope is
     *     {@link RateLimitScope#USER} and nothing tells the user ({@link RateLimits.Builder#user})
     */
    Namespace rateLimit(String event, RateLimitScope scope, RateLimit limit);

    /**
     * What happens to a client that reads too slowly for the events of this namespace. Default: that of the server. Acknowledgements
     * and requests to one socket have that of the server.
     *
     * @throws IllegalStateException if the server has started
     */
    Namespace slowConsumerPolicy(SlowConsumerPolicy policy);

    /**
     * The same for broadcasts to a room. Of several rooms of a broadcast the first counts that has a policy.
     *
     * @param room a name, or the begin of names with an asterisk behind it: {@code price:*}
     * @throws IllegalStateException if the server has started
     */
    Namespace slowConsumerPolicy(String room, SlowConsumerPolicy policy);

    /** The sockets that are connected to this node. A snapshot. */
    Collection<Socket> sockets();

    /** The socket with an id, if it is connected to this node. */
    Optional<Socket> socket(String id);

    /** How many sockets of this node are in a room. */
    int members(String room);

    /** Adds a listener that is told of the rooms of this node. Before the start. */
    Namespace onRooms(RoomListener listener);

    /**
     * Handles an event that another server sent with {@link #serverSideEmit}. An event may have several handlers. What other
     * servers send is handled on handler threads, one event at a time: a handler that waits holds up the next.
     */
    <T> Namespace onServerSide(Event<T> event, ServerEventHandler<T> handler);

    /** Answers a request that another server sent with {@link #serverSideRequest}. Of several handlers the first answer counts. */
    <T, R extends @Nullable Object> Namespace onServerSide(Request<T, R> request, ServerRequestHandler<T, R> handler);

    /**
     * Sends an event to this namespace of all other servers, not to clients. Without a cluster adapter there are none.
     *
     * @throws IllegalArgumentException if the name is {@code connect}, {@code connection} or {@code new_namespace}
     */
    <T> void serverSideEmit(Event<T> event, T payload);

    /**
     * Sends a request to this namespace of all other servers.
     *
     * @param deadline how long to wait for servers that do not answer
     * @return completes on a handler thread with the replies that came
     */
    <T, R> CompletableFuture<Replies<R>> serverSideRequest(Request<T, R> request, T payload, Duration deadline);

    /** How many servers there are, this one included. Completes on a handler thread. */
    CompletableFuture<Integer> serverCount();

    /**
     * Runs a task once, on a handler thread, after a delay. It is dropped when the server closes; what it throws is logged.
     *
     * @param delay millisecond resolution, at least one
     * @return takes the task away if it has not begun
     */
    Registration schedule(Duration delay, Runnable task);
}
