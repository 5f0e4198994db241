// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

/**
 * The bounds on what one received packet may hold, checked in one pass before anything is made of it, the same for JSON and
 * MessagePack. What exceeds one closes its connection. Immutable.
 *
 * <p>The size of the message is bounded by {@code maxHttpBufferSize}, the number of attachments by {@code maxAttachments}.
 */
public final class PayloadLimits {
    private final int maxDepth;
    private final int maxNumberLength;
    private final int maxStringLength;
    private final int maxKeys;
    private final int maxValues;
    private final long maxAttachmentBytes;
    private final boolean uniqueKeys;

    private PayloadLimits(Builder builder) {
        maxDepth = builder.maxDepth;
        maxNumberLength = builder.maxNumberLength;
        maxStringLength = builder.maxStringLength;
        maxKeys = builder.maxKeys;
        maxValues = builder.maxValues;
        maxAttachmentBytes = builder.maxAttachmentBytes;
        uniqueKeys = builder.uniqueKeys;
    }

    /** The default of each bound. */
    public static PayloadLimits defaults() {
        return builder().build();
    }

    /** Starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Arrays and objects inside each other, the array of the arguments included. */
    public int maxDepth() {
        return maxDepth;
    }

    /** Characters of one number. */
    public int maxNumberLength() {
        return maxNumberLength;
    }

    /** Bytes of one text or key as it came. */
    public int maxStringLength() {
        return maxStringLength;
    }

    /** Keys of one object. */
    public int maxKeys() {
        return maxKeys;
    }

    /** Values in one packet. */
    public int maxValues() {
        return maxValues;
    }

    /** Bytes of all attachments of one packet together. */
    public long maxAttachmentBytes() {
        return maxAttachmentBytes;
    }

    /** Whether an object may have a key once only. */
    public boolean uniqueKeys() {
        return uniqueKeys;
    }

    /** Collects the bounds. Not thread-safe. */
    public static final class Builder {
        private int maxDepth = 200;
        private int maxNumberLength = 1_000;
        private int maxStringLength = Integer.MAX_VALUE;
        private int maxKeys = 10_000;
        private int maxValues = 100_000;
        private long maxAttachmentBytes = 10_000_000;
        private boolean uniqueKeys;

        private Builder() {}

        /** Arrays and objects inside each other, the array of the arguments included; 1 to 1,000. Default: 200. */
        public Builder maxDepth(int value) {
            requireWithin("maxDepth", value, 1, 1_000);
            maxDepth = value;
            return this;
        }

        /** Characters of one number in JSON; those of MessagePack have at most 64 bits. Default: 1,000. */
        public Builder maxNumberLength(int value) {
            requireWithin("maxNumberLength", value, 1, Integer.MAX_VALUE);
            maxNumberLength = value;
            return this;
        }

        /** Bytes of one text or key as it came, escapes included. Default: as many as the message has. */
        public Builder maxStringLength(int value) {
            requireWithin("maxStringLength", value, 1, Integer.MAX_VALUE);
            maxStringLength = value;
            return this;
        }

        /** Keys of one object. Default: 10,000. */
        public Builder maxKeys(int value) {
            requireWithin("maxKeys", value, 1, Integer.MAX_VALUE);
            maxKeys = value;
            return this;
        }

        /**
         * Values in one packet: the name of the event, each argument, and each object, array, text, number, boolean and null inside. Default: 100,000. A
         * value may take two bytes in a message and fifty times as much memory.
         */
        public Builder maxValues(int value) {
            requireWithin("maxValues", value, 1, Integer.MAX_VALUE);
            maxValues = value;
            return this;
        }

        /** Bytes of all attachments of one packet together. Default: 10,000,000. */
        public Builder maxAttachmentBytes(long value) {
            requireWithin("maxAttachmentBytes", value, 0, Long.MAX_VALUE);
            maxAttachmentBytes = value;
            return this;
        }

        /**
         * Whether an object that has a key twice is refused. Default: false, the last one counts, as in JavaScript. If so, the keys of
         * each object are remembered while it is checked, which costs time and memory for each packet.
         */
        public Builder uniqueKeys(boolean value) {
            uniqueKeys = value;
            return this;
        }

        public PayloadLimits build() {
            return new PayloadLimits(this);
        }

        private static void requireWithin(String option, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        option + " must be from " + least + " to " + most + ", got " + value);
            }
        }
    }
}
