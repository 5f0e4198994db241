// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of a server, beside those that namespaces have for single events ({@link Namespace#rateLimit}). Immutable.
 *
 * <p>An event over a limit is not handled. If the client asked for an acknowledgement, it gets {@code {"status":"error",
 * "message":"Rate limit exceeded. Please try again later."}}; else it is told nothing. What is over a limit is counted
 * ({@link LimitHit}), and is a strike against the connection.
 */
public final class RateLimits {
    /** What a client is told that was too fast. */
    public static final String MESSAGE = "Rate limit exceeded. Please try again later.";

    private static final int MOST_KEYS = 10_000_000;

    private final Map<RateLimitScope, RateLimit> messages;
    private final Map<RateLimitScope, RateLimit> bytes;
    private final Map<RateLimitScope, RateLimit> joins;
    private final @Nullable RateLimit handshakes;
    private final @Nullable RateLimit strikes;
    private final @Nullable Function<Socket, @Nullable String> user;
    private final int maxKeys;

    private RateLimits(Builder builder) {
        messages = Map.copyOf(builder.messages);
        bytes = Map.copyOf(builder.bytes);
        joins = Map.copyOf(builder.joins);
        handshakes = builder.handshakes;
        strikes = builder.strikes;
        user = builder.user;
        maxKeys = builder.maxKeys;
    }

    /** Begins without limits, but for that of strikes. */
    public static Builder builder() {
        return new Builder();
    }

    /** Events and messages, by what counts together. */
    public Map<RateLimitScope, RateLimit> messages() {
        return messages;
    }

    /** Their bytes. */
    public Map<RateLimitScope, RateLimit> bytes() {
        return bytes;
    }

    /** Joins of namespaces. */
    public Map<RateLimitScope, RateLimit> joins() {
        return joins;
    }

    /** New sessions and WebSockets of one address, or null. */
    public @Nullable RateLimit handshakes() {
        return handshakes;
    }

    /** Strikes of one connection, or null. */
    public @Nullable RateLimit strikes() {
        return strikes;
    }

    /** Tells the user of a socket, or null. */
    public @Nullable Function<Socket, @Nullable String> user() {
        return user;
    }

    /** Users, and addresses, that each limit keeps in mind. */
    public int maxKeys() {
        return maxKeys;
    }

    /** Collects limits. Not thread-safe. */
    public static final class Builder {
        private final Map<RateLimitScope, RateLimit> messages = new EnumMap<>(RateLimitScope.class);
        private final Map<RateLimitScope, RateLimit> bytes = new EnumMap<>(RateLimitScope.class);
        private final Map<RateLimitScope, RateLimit> joins = new EnumMap<>(RateLimitScope.class);
        private @Nullable RateLimit handshakes;
        private @Nullable RateLimit strikes = RateLimit.of(1_000, Duration.ofMinutes(1));
        private @Nullable Function<Socket, @Nullable String> user;
        private int maxKeys = 100_000;

        private Builder() {}

        /** Events of one connection, in all its namespaces, or messages of a plain WebSocket. Default: no limit. */
        public Builder messages(RateLimit limit) {
            return messages(RateLimitScope.CONNECTION, limit);
        }

        /** Events, and messages of plain WebSockets, counted together as the scope says. Default: no limit. */
        public Builder messages(RateLimitScope scope, RateLimit limit) {
            messages.put(scope, limit);
            return this;
        }

        /**
         * Bytes of the events of one connection, attachments included. Default: no limit. A message of more bytes than the burst
         * is never accepted.
         */
        public Builder bytes(RateLimit limit) {
            return bytes(RateLimitScope.CONNECTION, limit);
        }

        /** Bytes of events, counted together as the scope says. Default: no limit. */
        public Builder bytes(RateLimitScope scope, RateLimit limit) {
            bytes.put(scope, limit);
            return this;
        }

        /** Joins of namespaces by one connection. Default: no limit. Beyond it the client's {@code connect_error} has {@link RateLimits#MESSAGE}. */
        public Builder joins(RateLimit limit) {
            return joins(RateLimitScope.CONNECTION, limit);
        }

        /**
         * Joins of namespaces, counted together as the scope says. Default: no limit.
         *
         * @throws IllegalArgumentException for {@link RateLimitScope#USER}, who is not known yet
         */
        public Builder joins(RateLimitScope scope, RateLimit limit) {
            if (scope == RateLimitScope.USER) {
                throw new IllegalArgumentException(
                        "joins can be limited per connection and per address: before a namespace is joined there is no socket"
                                + " to tell the user of");
            }
            joins.put(scope, limit);
            return this;
        }

        /** New sessions and plain WebSockets of one address. Default: no limit. Beyond it the answer is 429. */
        public Builder handshakesPerAddress(RateLimit limit) {
            handshakes = limit;
            return this;
        }

        /**
         * How often one connection may do what it should not: exceed a limit, or send a payload of another shape than its handler takes.
         * Default: 1,000 a minute. Beyond it the connection is closed with {@link DisconnectReason#POLICY_VIOLATION}.
         */
        public Builder strikes(RateLimit limit) {
            strikes = limit;
            return this;
        }

        /** Connections are not closed for what they should not do. */
        public Builder unlimitedStrikes() {
            strikes = null;
            return this;
        }

        /**
         * Tells the user of a socket for limits of {@link RateLimitScope#USER}, null if there is none. Called for each event on the event
         * loop: it must not block. It may come before the connect handlers have run, so what it looks at is attached by connect
         * middleware.
         */
        public Builder user(Function<Socket, @Nullable String> name) {
            user = name;
            return this;
        }

        /**
         * Users, and addresses, that each limit keeps in mind. Default: 100,000. One that has not used up anything is forgotten anyway;
         * beyond this number the one that was heard of least recently is.
         *
         * @throws IllegalArgumentException if it is not from 16 to 10,000,000
         */
        public Builder maxKeys(int value) {
            if (value < 16 || value > MOST_KEYS) {
                throw new IllegalArgumentException("maxKeys must be from 16 to " + MOST_KEYS + ", got " + value);
            }
            maxKeys = value;
            return this;
        }

        /**
         * The limits.
         *
         * @throws IllegalStateException if there is one per user and nothing tells the user
         */
        public RateLimits build() {
            boolean perUser = messages.containsKey(RateLimitScope.USER) || bytes.containsKey(RateLimitScope.USER);
            if (perUser && user == null) {
                throw new IllegalStateException(
                        "a rate limit per user needs to know the user: set user(socket -> ...)");
            }
            return new RateLimits(this);
        }
    }
}
