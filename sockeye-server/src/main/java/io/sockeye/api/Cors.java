// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages of other origins may talk to the server, and how (the Fetch standard's CORS protocol). The list of origins
 * guards long-polling and the WebSocket handshake alike. Immutable.
 *
 * <p>Without any configuration only pages of the server's own origin, and clients that are not browsers, get in.
 */
public final class Cors {
    private static final Cors SAME_ORIGIN = new Cors(new Builder());

    private final Set<String> origins;
    private final List<String> methods;
    private final List<String> allowedHeaders;
    private final List<String> exposedHeaders;
    private final boolean credentials;
    private final @Nullable Duration maxAge;

    private Cors(Builder builder) {
        this.origins = builder.origins;
        this.methods = builder.methods;
        this.allowedHeaders = builder.allowedHeaders;
        this.exposedHeaders = builder.exposedHeaders;
        this.credentials = builder.credentials;
        this.maxAge = builder.maxAge;
    }

    /** Pages of the server's own origin only. */
    public static Cors sameOrigin() {
        return SAME_ORIGIN;
    }

    /**
     * Begins with the origins that may come.
     *
     * @param origins such as {@code https://chat.example}, or {@code *} alone for every origin
     */
    public static Builder origins(String... origins) {
        return new Builder().origins(origins);
    }

    /** Whether a list of origins was given. */
    public boolean configured() {
        return !origins.isEmpty();
    }

    /** Whether every origin is allowed. */
    public boolean anyOrigin() {
        return origins.contains("*");
    }

    /** Whether an origin is on the list. */
    public boolean allows(String origin) {
        return anyOrigin() || origins.contains(origin);
    }

    public List<String> methods() {
        return methods;
    }

    public List<String> allowedHeaders() {
        return allowedHeaders;
    }

    public List<String> exposedHeaders() {
        return exposedHeaders;
    }

    public boolean credentials() {
        return credentials;
    }

    public Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }

    /** Collects the settings of a {@link Cors}. */
    public static final class Builder {
        private Set<String> origins = Set.of();
        private List<String> methods = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
        private List<String> allowedHeaders = List.of();
        private List<String> exposedHeaders = List.of();
        private boolean credentials;
        private @Nullable Duration maxAge;

        private Builder() {}

        private Builder origins(String... values) {
            for (String origin : values) {
                if (!origin.equals("*") && (!origin.contains("://") || origin.endsWith("/"))) {
                    throw new IllegalArgumentException(
                            "expected an origin such as https://chat.example (scheme, host, port; no path), got "
                                    + origin);
                }
            }
            origins = Set.of(values);
            return this;
        }

        /** Methods a preflight answer names. Default: GET, HEAD, PUT, PATCH, POST, DELETE. */
        public Builder methods(String... values) {
            methods = List.of(values);
            return this;
        }

        /** Request headers a preflight answer allows. Default: those the browser asks for. */
        public Builder allowedHeaders(String... values) {
            allowedHeaders = List.of(values);
            return this;
        }

        /** Response headers that pages may read. Default: none beyond the standard's. */
        public Builder exposedHeaders(String... values) {
            exposedHeaders = List.of(values);
            return this;
        }

        /** Whether cookies and HTTP authentication may be sent. Default: false. Not possible with {@code *}. */
        public Builder credentials(boolean value) {
            credentials = value;
            return this;
        }

        /** How long a browser may keep a preflight answer; whole seconds. Default: not said. */
        public Builder maxAge(Duration value) {
            maxAge = value;
            return this;
        }

        /**
         * Freezes the settings.
         *
         * @throws IllegalArgumentException if credentials are allowed for every origin
         */
        public Cors build() {
            if (credentials && origins.contains("*")) {
                throw new IllegalArgumentException(
                        "credentials with every origin would let any page act for its visitor: name the origins");
            }
            return new Cors(this);
        }
    }
}
