// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One packet as it goes over the wire: a head, and the binary messages that follow it without anything in between.
 *
 * <p>The head starts with the digit of its Engine.IO type when it is text, as in {@code 42["hello"]}; a binary head and
 * all attachments are raw Engine.IO messages. The arrays are shared by all recipients: nobody may modify them.
 */
public final class EncodedPacket {
    private final byte[] head;
    private final boolean text;
    private final List<byte[]> attachments;
    private final boolean essential;
    private final boolean compressible;
    private final @Nullable PacketHint hint;

    /** Set by whoever needs it first. Two threads may both make one: they are equal, and neither is wrong. */
    private @Nullable EncodedPacket version3;

    private EncodedPacket(
            byte[] head,
            boolean text,
            List<byte[]> attachments,
            boolean essential,
            boolean compressible,
            @Nullable PacketHint hint) {
        this.essential = essential;
        this.hint = hint;
        this.compressible = compressible;
        this.head = head;
        this.text = text;
        this.attachments = attachments.isEmpty() ? List.of() : List.copyOf(attachments);
        if (!this.attachments.isEmpty()) {
            sum();
        }
    }

    /** Not kept: nearly all packets have no attachments. */
    private int sum() {
        int sum = head.length;
        for (int i = 0; i < attachments.size(); i++) {
            sum = Math.addExact(sum, attachments.get(i).length);
        }
        return sum;
    }

    /** Wraps a text head, UTF-8 with its type digit, and attachments. The arrays belong to the packet from now on. */
    public static EncodedPacket text(byte[] head, List<byte[]> attachments) {
        return new EncodedPacket(head, true, attachments, false, true, null);
    }

    /** Wraps one binary message. The array belongs to the packet from now on. */
    public static EncodedPacket binary(byte[] head) {
        return new EncodedPacket(head, false, List.of(), false, true, null);
    }

    /** Makes a packet of the Engine.IO level, such as {@code 2} or {@code 3probe}. */
    public static EncodedPacket control(EnginePacketType type, String suffix) {
        byte[] data = suffix.getBytes(StandardCharsets.UTF_8);
        byte[] head = new byte[1 + data.length];
        head[0] = type.code();
        System.arraycopy(data, 0, head, 1, data.length);
        return new EncodedPacket(head, true, List.of(), true, true, null);
    }

    /** The same packet, marked as one that the two ends need to agree on their state. */
    public EncodedPacket asEssential() {
        return new EncodedPacket(head, text, attachments, true, compressible, hint);
    }

    /** Whether the connection is of no use to the peer without this packet: it is not dropped to save memory. */
    public boolean essential() {
        return essential;
    }

    /** The same packet, marked as one that is not worth compressing. */
    public EncodedPacket asIncompressible() {
        return new EncodedPacket(head, text, attachments, essential, false, hint);
    }

    /** The same packet with a hint for who lets it wait. */
    public EncodedPacket withHint(PacketHint value) {
        return new EncodedPacket(head, text, attachments, essential, compressible, value);
    }

    /** What the sender tells who lets the packet wait; null for nothing. */
    public @Nullable PacketHint hint() {
        return hint;
    }

    /** Whether a transport may compress it. */
    public boolean compressible() {
        return compressible;
    }

    /**
     * The same packet as it goes over a WebSocket of Engine.IO 3, where binary messages begin with the byte of their type. All
     * callers share the result, which is this packet itself if nothing of it is binary.
     */
    public EncodedPacket forVersion3() {
        if (text && attachments.isEmpty()) {
            return this;
        }
        EncodedPacket made = version3;
        if (made == null) {
            List<byte[]> typed =
                    attachments.stream().map(EnginePayload3::withType).toList();
            made = new EncodedPacket(
                    text ? head : EnginePayload3.withType(head), text, typed, essential, compressible, hint);
            version3 = made;
        }
        return made;
    }

    /** The shared bytes of the head; not to be modified. */
    public byte[] head() {
        return head;
    }

    /** Whether the head is text. */
    public boolean text() {
        return text;
    }

    /** The shared bytes of the attachments, in order; not to be modified. */
    public List<byte[]> attachments() {
        return attachments;
    }

    /** The number of bytes of the head and all attachments. */
    public int bytes() {
        return attachments.isEmpty() ? head.length : sum();
    }

    @Override
    public String toString() {
        String shown = text ? new String(head, StandardCharsets.UTF_8) : head.length + " bytes";
        return "EncodedPacket[" + shown + (attachments.isEmpty() ? "]" : " +" + attachments.size() + "]");
    }
}
