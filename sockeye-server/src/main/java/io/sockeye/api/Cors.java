// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    private final List<OriginPattern> patterns;
    private final List<Predicate<String>> predicates;
    private final boolean nullOrigin;
    private final List<String> methods;
    private final List<String> allowedHeaders;
    private final List<String> exposedHeaders;
    private final boolean credentials;
    private final @Nullable Duration maxAge;

    private Cors(Builder builder) {
        this.origins = builder.origins;
        this.patterns = builder.patterns;
        this.predicates = List.copyOf(builder.predicates);
        this.nullOrigin = builder.nullOrigin;
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
     * @param origins such as {@code https://chat.example}; {@code https://*.chat.example} for all names below that one, at any
     *     depth, but not that one itself; or {@code *} alone for every origin
     */
    public static Builder origins(String... origins) {
        return new Builder().origins(origins);
    }

    /**
     * Begins with a rule for the origins that may come. It is called on event loops, for each request with an {@code Origin} field, and
     * must not block. It gets what the browser sent, such as {@code https://chat.example}, never {@code null}.
     */
    public static Builder originsThat(Predicate<String> rule) {
        return new Builder().orOriginsThat(rule);
    }

    /** Whether other origins than the server's own were allowed. */
    public boolean configured() {
        return !origins.isEmpty() || !patterns.isEmpty() || !predicates.isEmpty() || nullOrigin;
    }

    /** Whether every origin is allowed. */
    public boolean anyOrigin() {
        return origins.contains("*");
    }

    /** Whether an origin is allowed. {@code null}, that of sandboxed frames and files, is only if it was said so, or with {@code *}. */
    public boolean allows(String origin) {
        if (anyOrigin() || origins.contains(origin)) {
            return true;
        }
        if (origin.equals("null")) {
            return nullOrigin;
        }
        for (OriginPattern pattern : patterns) {
            if (pattern.matches(origin)) {
                return true;
            }
        }
        for (Predicate<String> rule : predicates) {
            if (rule.test(origin)) {
                return true;
            }
        }
        return false;
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
        private List<OriginPattern> patterns = List.of();
        private final List<Predicate<String>> predicates = new ArrayList<>();
        private boolean nullOrigin;
        private List<String> methods = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
        private List<String> allowedHeaders = List.of();
        private List<String> exposedHeaders = List.of();
        private boolean credentials;
        private @Nullable Duration maxAge;

        private Builder() {}

        private Builder origins(String... values) {
            Set<String> exact = new HashSet<>();
            List<OriginPattern> wild = new ArrayList<>();
            for (String origin : values) {
                if (!origin.equals("*") && origin.indexOf('*') >= 0) {
                    wild.add(OriginPattern.of(origin));
                    continue;
                }
                if (!origin.equals("*") && (!origin.contains("://") || origin.endsWith("/"))) {
                    throw new IllegalArgumentException(
                            "expected an origin such as https://chat.example (scheme, host, port; no path), got "
                                    + origin);
                }
                exact.add(origin);
            }
            origins = Set.copyOf(exact);
            patterns = List.copyOf(wild);
            return this;
        }

        /** Allows the origins for which a rule holds as well, see {@link Cors#originsThat}. */
        public Builder orOriginsThat(Predicate<String> rule) {
            predicates.add(rule);
            return this;
        }

        /**
         * Whether pages whose origin is {@code null} may come: sandboxed frames, files, {@code data:} documents, whoever made them. Default:
         * false.
         */
        public Builder nullOrigin(boolean value) {
            nullOrigin = value;
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
