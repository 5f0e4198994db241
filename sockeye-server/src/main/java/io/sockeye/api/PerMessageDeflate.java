// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * Whether and how WebSocket messages are compressed (permessage-deflate, RFC 7692). Immutable.
 *
 * <p>Messages are compressed one by one, without the context of earlier ones, in both directions: an idle connection costs no
 * more memory than without compression, and a broadcast is compressed once for all recipients of an event loop. The window is
 * always 32 KiB; clients that ask for a smaller one get no compression.
 */
public final class PerMessageDeflate {
    private static final int DEFAULT_THRESHOLD = 1024;
    private static final PerMessageDeflate OFF = new PerMessageDeflate(new Builder(), false);

    private final boolean enabled;
    private final int threshold;
    private final int level;

    private PerMessageDeflate(Builder builder, boolean enabled) {
        this.enabled = enabled;
        this.threshold = builder.threshold;
        this.level = builder.level;
    }

    /** No compression: the extension is declined. The default of a server. */
    public static PerMessageDeflate off() {
        return OFF;
    }

    /** Compression with the default settings. */
    public static PerMessageDeflate on() {
        return builder().build();
    }

    /** Begins with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether clients that offer the extension get it. */
    public boolean enabled() {
        return enabled;
    }

    /** The least bytes of a message that is compressed on its way to the client. */
    public int threshold() {
        return threshold;
    }

    /** The compression level, 1 to 9, or -1 for the default of zlib. */
    public int level() {
        return level;
    }

    /** Collects the settings of a {@link PerMessageDeflate}. Not thread-safe. */
    public static final class Builder {
        private int threshold = DEFAULT_THRESHOLD;
        private int level = -1;

        private Builder() {}

        /** The least bytes of a message that is compressed on its way to the client. Default: 1024. */
        public Builder threshold(int bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("threshold must be 0 bytes or more, got " + bytes);
            }
            threshold = bytes;
            return this;
        }

        /**
         * How hard to try, from 1 (fast) to 9 (small). Default: -1, the default of zlib, about 6. The event loop does the work: a
         * higher level delays its other clients.
         */
        public Builder level(int value) {
            if (value != -1 && (value < 1 || value > 9)) {
                throw new IllegalArgumentException("level must be from 1 to 9, or -1 for the default, got " + value);
            }
            level = value;
            return this;
        }

        public PerMessageDeflate build() {
            return new PerMessageDeflate(this, true);
        }
    }
}
