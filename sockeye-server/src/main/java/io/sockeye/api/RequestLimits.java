// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.time.Duration;

/** What one HTTP request may take of the server: sizes, numbers and times. The handshake of a WebSocket is one too. Immutable. */
public final class RequestLimits {
    private static final RequestLimits DEFAULTS = builder().build();

    private final int targetBytes;
    private final int headerBytes;
    private final int headerFields;
    private final int queryParameters;
    private final Duration headTimeout;
    private final Duration progressTimeout;
    private final int progressBytes;
    private final Duration bodyTimeout;
    private final Duration idleTimeout;

    private RequestLimits(Builder builder) {
        this.targetBytes = builder.targetBytes;
        this.headerBytes = builder.headerBytes;
        this.headerFields = builder.headerFields;
        this.queryParameters = builder.queryParameters;
        this.headTimeout = builder.headTimeout;
        this.progressTimeout = builder.progressTimeout;
        this.progressBytes = builder.progressBytes;
        this.bodyTimeout = builder.bodyTimeout;
        this.idleTimeout = builder.idleTimeout;
    }

    /** The default limits. */
    public static RequestLimits defaults() {
        return DEFAULTS;
    }

    /** Begins with the default limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** The longest request line, in bytes. */
    public int targetBytes() {
        return targetBytes;
    }

    /** The most bytes of all header fields together. */
    public int headerBytes() {
        return headerBytes;
    }

    /** The most header fields. */
    public int headerFields() {
        return headerFields;
    }

    /** The most parameters of a query. */
    public int queryParameters() {
        return queryParameters;
    }

    /** How long a request head may take, from the first byte on; for the first one from the connection on. */
    public Duration headTimeout() {
        return headTimeout;
    }

    /** How long a body, or the reading of an answer, may go without {@link #progressBytes}. */
    public Duration progressTimeout() {
        return progressTimeout;
    }

    /** The bytes that count as progress. */
    public int progressBytes() {
        return progressBytes;
    }

    /** How long a whole body may take. */
    public Duration bodyTimeout() {
        return bodyTimeout;
    }

    /** How long a connection may stay open between two requests. */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** Collects the limits. Not thread-safe. */
    public static final class Builder {
        private int targetBytes = 8 * 1024;
        private int headerBytes = 16 * 1024;
        private int headerFields = 100;
        private int queryParameters = 100;
        private Duration headTimeout = Duration.ofSeconds(10);
        private Duration progressTimeout = Duration.ofSeconds(10);
        private int progressBytes = 1024;
        private Duration bodyTimeout = Duration.ofMinutes(2);
        private Duration idleTimeout = Duration.ofSeconds(60);

        private Builder() {}

        /** The longest request line, in bytes; a longer one is answered 414. Default: 8,192. From 64 on. */
        public Builder targetBytes(int value) {
            targetBytes = atLeast("targetBytes", value, 64);
            return this;
        }

        /** The most bytes of all header fields; more are answered 431. Default: 16,384. From 256 on. */
        public Builder headerBytes(int value) {
            headerBytes = atLeast("headerBytes", value, 256);
            return this;
        }

        /** The most header fields; more are answered 431. Default: 100. From 1 on. */
        public Builder headerFields(int value) {
            headerFields = atLeast("headerFields", value, 1);
            return this;
        }

        /** The most parameters of a query; more are answered 414. Default: 100. From 4 on. */
        public Builder queryParameters(int value) {
            queryParameters = atLeast("queryParameters", value, 4);
            return this;
        }

        /** How long a request head may take; then it is answered 408. Default: 10 s. */
        public Builder headTimeout(Duration value) {
            headTimeout = positive("headTimeout", value);
            return this;
        }

        /** How long a body, or the reading of an answer, may go without progress before the connection is closed. Default: 10 s. */
        public Builder progressTimeout(Duration value) {
            progressTimeout = positive("progressTimeout", value);
            return this;
        }

        /** The bytes in each {@link #progressTimeout} that count as progress. Default: 1,024. From 1 on. */
        public Builder progressBytes(int value) {
            progressBytes = atLeast("progressBytes", value, 1);
            return this;
        }

        /** How long a whole body may take, whatever its progress, before the connection is closed. Default: 2 min. */
        public Builder bodyTimeout(Duration value) {
            bodyTimeout = positive("bodyTimeout", value);
            return this;
        }

        /** How long a connection may stay open between two requests. Default: 60 s. */
        public Builder idleTimeout(Duration value) {
            idleTimeout = positive("idleTimeout", value);
            return this;
        }

        public RequestLimits build() {
            return new RequestLimits(this);
        }

        private static int atLeast(String limit, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(limit + " must be at least " + least + ", got " + value);
            }
            return value;
        }

        private static Duration positive(String limit, Duration value) {
            if (value.toMillis() < 1) {
                throw new IllegalArgumentException(limit + " must be at least one millisecond, got " + value);
            }
            return value;
        }
    }
}
