// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.time.Duration;

/**
 * Whether and for how long a client whose connection broke can come back as the socket that it was: with its id, its rooms, its
 * {@link Socket#data} and all events that it missed. Immutable.
 *
 * <p>What a client missed is told by the rooms that it was in when its connection was found broken, not by those that it was in
 * when an event was sent. An event that was dropped by a {@link SlowConsumerPolicy} other than {@link
 * SlowConsumerPolicy#DISCONNECT} is not known to be missing, so use that one.
 *
 * <p>What is kept is bounded; where a bound was reached the client comes back as a new socket, and {@link Socket#recovered} says
 * so.
 */
public final class ConnectionStateRecovery {
    private final Duration maxDisconnectionDuration;
    private final boolean skipMiddlewares;
    private final int maxMissedPackets;
    private final long maxMissedBytes;
    private final int maxSessions;
    private final long maxTotalBytes;

    private ConnectionStateRecovery(Builder builder) {
        this.maxDisconnectionDuration = builder.maxDisconnectionDuration;
        this.skipMiddlewares = builder.skipMiddlewares;
        this.maxMissedPackets = builder.maxMissedPackets;
        this.maxMissedBytes = builder.maxMissedBytes;
        this.maxSessions = builder.maxSessions;
        this.maxTotalBytes = builder.maxTotalBytes;
    }

    /** Recovery with the default of each setting. */
    public static ConnectionStateRecovery defaults() {
        return builder().build();
    }

    /** Settings to begin with. */
    public static Builder builder() {
        return new Builder();
    }

    public Duration maxDisconnectionDuration() {
        return maxDisconnectionDuration;
    }

    public boolean skipMiddlewares() {
        return skipMiddlewares;
    }

    public int maxMissedPackets() {
        return maxMissedPackets;
    }

    public long maxMissedBytes() {
        return maxMissedBytes;
    }

    public int maxSessions() {
        return maxSessions;
    }

    public long maxTotalBytes() {
        return maxTotalBytes;
    }

    /** Collects the settings of a {@link ConnectionStateRecovery}. */
    public static final class Builder {
        private Duration maxDisconnectionDuration = Duration.ofMinutes(2);
        private boolean skipMiddlewares;
        private int maxMissedPackets = 10_000;
        private long maxMissedBytes = 2L * 1024 * 1024;
        private int maxSessions = 10_000;
        private long maxTotalBytes = 64L * 1024 * 1024;

        private Builder() {}

        /** How long a client may be away. Default: 2 minutes. Longer: more events are kept. */
        public Builder maxDisconnectionDuration(Duration value) {
            requireWithin("maxDisconnectionDuration in milliseconds", value.toMillis(), 1, Integer.MAX_VALUE);
            maxDisconnectionDuration = value;
            return this;
        }

        /**
         * Whether a client that comes back is let in without asking the connect middleware. Default: false, so that a token that
         * was revoked meanwhile is not honoured. When true, all that middleware attached to the socket comes back with it, and
         * {@link ConnectMiddleware#mayRecover} alone is asked.
         */
        public Builder skipMiddlewares(boolean value) {
            skipMiddlewares = value;
            return this;
        }

        /** Events that a client may have missed and still come back. Default: 10,000. */
        public Builder maxMissedPackets(int value) {
            requireWithin("maxMissedPackets", value, 0, Integer.MAX_VALUE);
            maxMissedPackets = value;
            return this;
        }

        /** Bytes of events that a client may have missed and still come back. Default: 2 MiB. Keep it below the outbox limits. */
        public Builder maxMissedBytes(long value) {
            requireWithin("maxMissedBytes", value, 0, Long.MAX_VALUE);
            maxMissedBytes = value;
            return this;
        }

        /** Clients that are away and may come back, on this server. Default: 10,000. Beyond it the oldest of a namespace goes. */
        public Builder maxSessions(int value) {
            requireWithin("maxSessions", value, 1, Integer.MAX_VALUE);
            maxSessions = value;
            return this;
        }

        /** Bytes of all events that are kept, on this server. Default: 64 MiB. Beyond it the oldest of a namespace go. */
        public Builder maxTotalBytes(long value) {
            requireWithin("maxTotalBytes", value, 1, Long.MAX_VALUE);
            maxTotalBytes = value;
            return this;
        }

        public ConnectionStateRecovery build() {
            return new ConnectionStateRecovery(this);
        }

        private static void requireWithin(String setting, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        setting + " must be from " + least + " to " + most + ", got " + value);
            }
        }
    }
}
