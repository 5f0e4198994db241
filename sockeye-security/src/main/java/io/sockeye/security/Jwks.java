// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Where the issuer of tokens publishes its keys (RFC 7517), and how they are fetched and kept. Immutable.
 *
 * <p>Keys are fetched when the first token comes, again shortly before they are too old, and when a token names a key that is not
 * among them. If they cannot be fetched, those of before are used for some time.
 */
public final class Jwks {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URL url;
    private final Duration cacheFor;
    private final Duration outageTolerance;
    private final Duration fetchInterval;
    private final Duration timeout;

    private Jwks(Builder builder) {
        this.url = builder.url;
        this.cacheFor = builder.cacheFor;
        this.outageTolerance = builder.outageTolerance;
        this.fetchInterval = builder.fetchInterval;
        this.timeout = builder.timeout;
    }

    /** A key set with the default of each setting. See {@link #builder}. */
    public static Jwks of(String url) {
        return builder(url).build();
    }

    /**
     * Settings to begin with.
     *
     * @param url an {@code https} URL, or an {@code http} one of this machine
     * @throws IllegalArgumentException if it is another one
     */
    public static Builder builder(String url) {
        return new Builder(url);
    }

    URL url() {
        return url;
    }

    Duration cacheFor() {
        return cacheFor;
    }

    Duration outageTolerance() {
        return outageTolerance;
    }

    Duration fetchInterval() {
        return fetchInterval;
    }

    Duration timeout() {
        return timeout;
    }

    /** Collects the settings of a {@link Jwks}. */
    public static final class Builder {
        private final URL url;
        private Duration cacheFor = Duration.ofMinutes(5);
        private Duration outageTolerance = Duration.ofHours(4);
        private Duration fetchInterval = Duration.ofSeconds(10);
        private Duration timeout = Duration.ofSeconds(2);

        private Builder(String url) {
            this.url = checked(url);
        }

        /* Whoever can change the keys on their way can sign tokens. */
        private static URL checked(String url) {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean here = uri.getHost() != null && THIS_MACHINE.contains(uri.getHost());
            if (uri.getHost() == null || !(scheme.equals("https") || (scheme.equals("http") && here))) {
                throw new IllegalArgumentException(
                        "expected the https URL of a key set, or an http one of this machine, got " + url);
            }
            try {
                return uri.toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("expected the URL of a key set, got " + url, e);
            }
        }

        /** How long keys count before they are fetched again, from 1 second. Default: 5 minutes. A removed key counts as long. */
        public Builder cacheFor(Duration value) {
            cacheFor = atLeast("cacheFor", value, Duration.ofSeconds(1));
            return this;
        }

        /** How long keys count on while they cannot be fetched. Default: 4 hours. Zero: not at all. */
        public Builder outageTolerance(Duration value) {
            outageTolerance = atLeast("outageTolerance", value, Duration.ZERO);
            return this;
        }

        /**
         * The least time between two fetches for keys that are not known, with one more in between; less than {@link #cacheFor}.
         * Default: 10 seconds. Anybody can name unknown keys.
         */
        public Builder fetchInterval(Duration value) {
            fetchInterval = atLeast("fetchInterval", value, Duration.ofMillis(1));
            return this;
        }

        /** How long a fetch may take to connect, and again to read. Default: 2 seconds. Clients that connect wait for it. */
        public Builder timeout(Duration value) {
            timeout = atLeast("timeout", value, Duration.ofMillis(1));
            return this;
        }

        private static Duration atLeast(String setting, Duration value, Duration least) {
            if (value.compareTo(least) < 0 || value.compareTo(Duration.ofDays(365)) > 0) {
                throw new IllegalArgumentException(setting + " must be from " + least + " to 365 days, got " + value);
            }
            return value;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if the fetch interval is not shorter than the time that keys count
         */
        public Jwks build() {
            if (fetchInterval.compareTo(cacheFor) >= 0) {
                throw new IllegalArgumentException(
                        "fetchInterval (" + fetchInterval + ") must be shorter than cacheFor (" + cacheFor + ")");
            }
            return new Jwks(this);
        }
    }
}
