// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/** Whether and how answers to long-polling requests are compressed, with gzip or deflate as the client accepts. Immutable. */
public final class HttpCompression {
    private static final int DEFAULT_THRESHOLD = 1024;
    private static final HttpCompression OFF = new HttpCompression(new Builder(), false);

    private final boolean enabled;
    private final int threshold;
    private final int level;

    private HttpCompression(Builder builder, boolean enabled) {
        this.enabled = enabled;
        this.threshold = builder.threshold;
        this.level = builder.level;
    }

    /** No compression. */
    public static HttpCompression off() {
        return OFF;
    }

    /** Compression with the default settings. The default of a server. */
    public static HttpCompression on() {
        return builder().build();
    }

    /** Begins with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether anything is compressed. */
    public boolean enabled() {
        return enabled;
    }

    /** The least bytes of an answer that is compressed. */
    public int threshold() {
        return threshold;
    }

    /** The compression level, 1 to 9, or -1 for the default of zlib. */
    public int level() {
        return level;
    }

    /** Collects the settings of an {@link HttpCompression}. Not thread-safe. */
    public static final class Builder {
        private int threshold = DEFAULT_THRESHOLD;
        private int level = -1;

        private Builder() {}

        /** The least bytes of an answer that is compressed. Default: 1024. */
        public Builder threshold(int bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("threshold must be 0 bytes or more, got " + bytes);
            }
            threshold = bytes;
            return this;
        }

        /** How hard to try, from 1 (fast) to 9 (small). Default: -1, the default of zlib, about 6. */
        public Builder level(int value) {
            if (value != -1 && (value < 1 || value > 9)) {
                throw new IllegalArgumentException("level must be from 1 to 9, or -1 for the default, got " + value);
            }
            level = value;
            return this;
        }

        public HttpCompression build() {
            return new HttpCompression(this, true);
        }
    }
}
