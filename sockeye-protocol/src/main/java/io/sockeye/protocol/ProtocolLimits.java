// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

/**
 * The bounds on what one received packet may hold. What exceeds one is refused before anything is allocated for it.
 *
 * <p>The size of a message is not among them: whoever reads it from the network bounds it.
 *
 * @param maxAttachments binary attachments of one packet; default 10, as the reference implementation has it
 * @param maxAttachmentBytes bytes of all attachments of one packet together; default 10,000,000
 * @param maxDepth arrays and objects inside each other, the array of the arguments included; default 200, at most 1000
 *     so that binding, which recurses, does not exhaust the stack
 * @param maxNumberLength characters of one JSON number; default 1000
 * @param maxNamespaceLength bytes of UTF-8 in the name of a namespace; default 1024
 * @param maxEventNameLength bytes between the quotes of the name of an event; default 1024
 * @param maxStringLength bytes of one text or key as it came, escapes included; by default as many as the message has
 * @param maxKeys keys of one object; default 10,000
 * @param maxValues values in one packet, the name of an event included, counting each object, each array and what is in
 *     them; default 100,000
 * @param uniqueKeys whether an object may have a key once only; by default the last one counts, as in JavaScript
 */
public record ProtocolLimits(
        int maxAttachments,
        long maxAttachmentBytes,
        int maxDepth,
        int maxNumberLength,
        int maxNamespaceLength,
        int maxEventNameLength,
        int maxStringLength,
        int maxKeys,
        int maxValues,
        boolean uniqueKeys) {

    /** The default of each limit. */
    public static final ProtocolLimits DEFAULTS = new ProtocolLimits(10, 10_000_000, 200, 1000, 1024, 1024);

    /** The limits of what nobody sent from outside: none but the depth that binding can take. */
    public static final ProtocolLimits TRUSTED = new ProtocolLimits(
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            1000,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            false);

    static final int DEEPEST = 1000;

    public ProtocolLimits {
        requireWithin("maxAttachments", maxAttachments, 0, Integer.MAX_VALUE);
        requireWithin("maxAttachmentBytes", maxAttachmentBytes, 0, Long.MAX_VALUE);
        requireWithin("maxDepth", maxDepth, 1, DEEPEST);
        requireWithin("maxNumberLength", maxNumberLength, 1, Integer.MAX_VALUE);
        requireWithin("maxNamespaceLength", maxNamespaceLength, 1, Integer.MAX_VALUE);
        requireWithin("maxEventNameLength", maxEventNameLength, 1, Integer.MAX_VALUE);
        requireWithin("maxStringLength", maxStringLength, 1, Integer.MAX_VALUE);
        requireWithin("maxKeys", maxKeys, 1, Integer.MAX_VALUE);
        requireWithin("maxValues", maxValues, 1, Integer.MAX_VALUE);
    }

    /** Limits with the defaults for what is inside of payloads, but for depth and numbers. */
    public ProtocolLimits(
            int maxAttachments,
            long maxAttachmentBytes,
            int maxDepth,
            int maxNumberLength,
            int maxNamespaceLength,
            int maxEventNameLength) {
        this(
                maxAttachments,
                maxAttachmentBytes,
                maxDepth,
                maxNumberLength,
                maxNamespaceLength,
                maxEventNameLength,
                Integer.MAX_VALUE,
                10_000,
                100_000,
                false);
    }

    private static void requireWithin(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }
}
