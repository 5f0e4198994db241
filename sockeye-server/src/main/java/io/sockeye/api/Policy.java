// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.EventNames;
import io.sockeye.event.PayloadException;
import io.sockeye.event.PayloadProblem;
import io.sockeye.event.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in a namespace: connect, join a room, publish to a room, send an event. Immutable; given to
 * {@link Namespace#policy}.
 *
 * <p>What has no rule is allowed. A check answers whether the client may; one that throws, answers null or does not answer within
 * {@link Builder#timeout} denies, and is logged. A check that throws {@link RequestFailed}, or {@link ConnectRefused} where it
 * is about connecting, denies with that public message and is not logged. Checks are asked on handler threads, where they may
 * block. The next event of the socket waits for the answer, asynchronous or not, so that its events stay in order; other sockets
 * do not wait.
 *
 * <p>A client that is denied is told so, and its event reaches no handler:
 *
 * <ul>
 *   <li>connecting: {@code connect_error} with {@code Not authorized}, or {@code Connection refused} if the check failed
 *   <li>{@code join_room}: the event {@code error} with {@code {message: "Not authorized to join this room"}}, or with {@code
 *       {message: "Error checking permissions"}} if the check failed
 *   <li>an event, publishing included: if it asked for an acknowledgement, {@code {status: "error", message: "Not authorized"}}, or
 *       with the message {@code Error checking permissions}
 * </ul>
 */
public final class Policy {
    /** The event by which a client asks to join a room. */
    public static final String JOIN_ROOM = "join_room";

    private final @Nullable AsyncConnectCheck connect;
    private final @Nullable AsyncCheck<String> join;
    private final @Nullable AsyncCheck<String> otherEvents;
    private final Map<String, EventRule<?>> events;
    private final Duration timeout;

    private Policy(Builder builder) {
        connect = builder.connect;
        join = builder.join;
        otherEvents = builder.otherEvents;
        events = Map.copyOf(builder.events);
        timeout = builder.timeout;
    }

    /** A policy without rules, to add to. */
    public static Builder builder() {
        return new Builder();
    }

    /** Says whether a client may connect. */
    @FunctionalInterface
    public interface ConnectCheck {
        boolean allows(Handshake handshake) throws Exception;
    }

    /** Says later whether a client may connect. */
    @FunctionalInterface
    public interface AsyncConnectCheck {
        CompletionStage<Boolean> allows(Handshake handshake) throws Exception;
    }

    /**
     * Says whether a socket may do something.
     *
     * @param <T> what it is about: the name of a room, or a payload
     */
    @FunctionalInterface
    public interface Check<T> {
        boolean allows(Socket socket, T what) throws Exception;
    }

    /**
     * Says later whether a socket may do something.
     *
     * @param <T> what it is about: the name of a room, or a payload
     */
    @FunctionalInterface
    public interface AsyncCheck<T> {
        CompletionStage<Boolean> allows(Socket socket, T what) throws Exception;
    }

    /**
     * The rule for one event.
     *
     * @param payload what the check is given of the event
     * @param check is asked
     */
    public record EventRule<T>(Class<T> payload, AsyncCheck<T> check) {}

    /** Who may connect, or null for everybody. */
    public @Nullable AsyncConnectCheck connect() {
        return connect;
    }

    /** Who may join which room, or null if clients cannot ask to. */
    public @Nullable AsyncCheck<String> join() {
        return join;
    }

    /** The rules for events, publishing included, by the name of the event. */
    public Map<String, EventRule<?>> events() {
        return events;
    }

    /** Is given the names of events that have no rule, or null if these are allowed. */
    public @Nullable AsyncCheck<String> otherEvents() {
        return otherEvents;
    }

    /** How long an asynchronous check may take. */
    public Duration timeout() {
        return timeout;
    }

    /** Collects the rules of a policy. Not thread-safe. */
    public static final class Builder {
        private static final CompletableFuture<Boolean> YES = CompletableFuture.completedFuture(true);
        private static final CompletableFuture<Boolean> NO = CompletableFuture.completedFuture(false);

        private @Nullable AsyncConnectCheck connect;
        private @Nullable AsyncCheck<String> join;
        private @Nullable AsyncCheck<String> publish;
        private @Nullable AsyncCheck<String> otherEvents;
        private final List<String> publishing = new ArrayList<>();
        private final Map<String, EventRule<?>> events = new HashMap<>();
        private Duration timeout = Duration.ofSeconds(10);

        private Builder() {}

        /** Who may connect. Asked after the connect middleware, so that what that attached is there. */
        public Builder connect(ConnectCheck check) {
            return connectAsync(handshake -> stage(check.allows(handshake)));
        }

        /** The same, answered later. There is no socket before. */
        public Builder connectAsync(AsyncConnectCheck check) {
            connect = once("connect", connect, check);
            return this;
        }

        /**
         * Who may join which room by {@code join_room}, which the namespace answers then: its argument is the name of the room as
         * text, or as {@code {roomId}}, of 1 to 256 characters that are not all blank. A client that may is a member, and gets the
         * event {@code room_joined} with {@code {roomId}}, which is the acknowledgement as well if it asked for one. The room of
         * another socket's id on this node is denied without asking.
         */
        public Builder join(Check<String> check) {
            return joinAsync((socket, room) -> stage(check.allows(socket, room)));
        }

        /** The same, answered later. A client that comes back meanwhile as the socket that it was is a member all the same. */
        public Builder joinAsync(AsyncCheck<String> check) {
            join = once("join", join, check);
            return this;
        }

        /** Who may send events to which room. Which events are meant is said by {@link #publishes}. */
        public Builder publish(Check<String> check) {
            return publishAsync((socket, room) -> stage(check.allows(socket, room)));
        }

        /** The same, answered later. */
        public Builder publishAsync(AsyncCheck<String> check) {
            publish = once("publish", publish, check);
            return this;
        }

        /**
         * Makes an event one that {@link #publish} is asked for.
         *
         * @param room the name of the room that the event is for; null makes its payload an invalid one
         */
        public <T> Builder publishes(Event<T> event, Function<T, @Nullable String> room) {
            return publishes(event.name(), event.payload(), room);
        }

        /** The same for a request. */
        public <T> Builder publishes(Request<T, ?> request, Function<T, @Nullable String> room) {
            return publishes(request.name(), request.payload(), room);
        }

        /** The same with a name and a type at the call. */
        public <T> Builder publishes(String event, Class<T> payload, Function<T, @Nullable String> room) {
            publishing.add(event);
            return eventAsync(event, payload, (socket, value) -> askPublish(event, socket, room.apply(value)));
        }

        private CompletionStage<Boolean> askPublish(String event, Socket socket, @Nullable String room)
                throws Exception {
            AsyncCheck<String> check = publish;
            if (check == null) {
                throw new IllegalStateException("there is no publish rule");
            }
            if (room == null) {
                throw new PayloadException(
                        "the event \"" + event + "\" names no room", List.of(new PayloadProblem("", "room")));
            }
            return check.allows(socket, room);
        }

        /** Who may send an event, whatever its arguments; {@link Args} are all of them. */
        public Builder event(String event, Check<Args> check) {
            return eventAsync(event, Args.class, (socket, args) -> stage(check.allows(socket, args)));
        }

        /** Who may send an event with which payload. The payload is bound and validated as for the handler. */
        public <T> Builder event(Event<T> event, Check<T> check) {
            return eventAsync(event, (socket, payload) -> stage(check.allows(socket, payload)));
        }

        /** Who may send a request with which payload. The payload is bound and validated as for the handler. */
        public <T> Builder event(Request<T, ?> request, Check<T> check) {
            return eventAsync(request, (socket, payload) -> stage(check.allows(socket, payload)));
        }

        /** Who may send an event, answered later. */
        public Builder eventAsync(String event, AsyncCheck<Args> check) {
            return eventAsync(event, Args.class, check);
        }

        /** Who may send an event with which payload, answered later. */
        public <T> Builder eventAsync(Event<T> event, AsyncCheck<T> check) {
            return eventAsync(event.name(), event.payload(), check);
        }

        /** Who may send a request with which payload, answered later. */
        public <T> Builder eventAsync(Request<T, ?> request, AsyncCheck<T> check) {
            return eventAsync(request.name(), request.payload(), check);
        }

        private <T> Builder eventAsync(String event, Class<T> payload, AsyncCheck<T> check) {
            EventNames.requireUsable(event);
            if (events.putIfAbsent(event, new EventRule<>(payload, check)) != null) {
                throw new IllegalStateException(
                        "event \"" + event + "\" has a rule already; put what it asks into one check");
            }
            return this;
        }

        /**
         * Who may send events that have no rule of their own; the check is given the name. Default: everybody. With
         * {@code (socket, event) -> false} only events with a rule are allowed.
         */
        public Builder otherEvents(Check<String> check) {
            return otherEventsAsync((socket, event) -> stage(check.allows(socket, event)));
        }

        /** The same, answered later. */
        public Builder otherEventsAsync(AsyncCheck<String> check) {
            otherEvents = once("otherEvents", otherEvents, check);
            return this;
        }

        /** How long an asynchronous check may take before it counts as failed. Default: 10 s. */
        public Builder timeout(Duration value) {
            if (value.toMillis() < 1) {
                throw new IllegalArgumentException("timeout must be at least one millisecond, got " + value);
            }
            timeout = value;
            return this;
        }

        /**
         * The policy.
         *
         * @throws IllegalStateException if there is a publish rule that no event asks, or the other way round
         */
        public Policy build() {
            if (publish == null && !publishing.isEmpty()) {
                throw new IllegalStateException(
                        "events that publish have no rule: add publish(check) for " + publishing);
            }
            if (publish != null && publishing.isEmpty()) {
                throw new IllegalStateException(
                        "the publish rule is never asked: say with publishes(event, room) which events it is for");
            }
            return new Policy(this);
        }

        private static CompletionStage<Boolean> stage(boolean answer) {
            return answer ? YES : NO;
        }

        private static <C> C once(String rule, @Nullable C before, C check) {
            if (before != null) {
                throw new IllegalStateException(
                        "there is a rule for " + rule + " already; put what it asks into one check");
            }
            return check;
        }
    }
}
