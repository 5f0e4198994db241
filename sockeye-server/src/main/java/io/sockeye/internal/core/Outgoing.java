// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.limits.WaitHint;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.PacketAssembler;
import io.sockeye.protocol.ProtocolLimits;
import io.sockeye.protocol.WireFormat;
import io.sockeye.spi.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event on its way to many clients, encoded once for each wire format. Any thread. */
/* The formats that connections use are written by the thread that sends, so that a value that cannot be written is its error and
 * later changes to the value are not seen. A connection with another format may come before the packet is delivered: for it the
 * packet is read back from the first format. Two loops may do so at once; either result serves, as it is immutable.
 */
final class Outgoing {
    private static final @Nullable EncodedPacket[] NONE = {};
    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

    private final WireFormats formats;
    private final WireFormat firstFormat;
    private final EncodedPacket first;

    /** By index of the format, each null until it is needed; the first one and a server of one format need none. */
    private final @Nullable EncodedPacket[] others;

    private Outgoing(WireFormats formats, EncodedPacket first, @Nullable EncodedPacket[] others) {
        this.formats = formats;
        this.firstFormat = formats.first();
        this.first = first;
        this.others = others;
    }

    /**
     * Encodes an event.
     *
     * @throws IllegalArgumentException if an argument cannot be written
     */
    static Outgoing of(WireFormats formats, String namespace, long ackId, Message message, boolean compress) {
        return of(formats, namespace, ackId, message, compress, null);
    }

    /** Encodes an event with a hint for outboxes. */
    static Outgoing of(
            WireFormats formats,
            String namespace,
            long ackId,
            Message message,
            boolean compress,
            @Nullable WaitHint hint) {
        EncodedPacket first = encode(formats.first(), namespace, ackId, message, compress, hint);
        @Nullable EncodedPacket[] others = formats.size() == 1 ? NONE : new @Nullable EncodedPacket[formats.size()];
        for (int index = 1; index < others.length; index++) {
            if (formats.wanted(index)) {
                others[index] = encode(formats.get(index), namespace, ackId, message, compress, hint);
            }
        }
        return new Outgoing(formats, first, others);
    }

    private static EncodedPacket encode(
            WireFormat format,
            String namespace,
            long ackId,
            Message message,
            boolean compress,
            @Nullable WaitHint hint) {
        EncodedPacket packet = format.event(namespace, ackId, message.event(), message.args());
        EncodedPacket hinted = hint == null ? packet : packet.withHint(hint);
        return compress ? hinted : hinted.asIncompressible();
    }

    /** What it holds in memory, roughly. */
    int bytes() {
        return first.bytes();
    }

    /** The packet in a format; null if it cannot be written in that one, which a late format must not cost the others. */
    @Nullable
    EncodedPacket in(WireFormat format) {
        if (format == firstFormat) {
            return first;
        }
        int index = formats.indexOf(format);
        EncodedPacket packet = others[index];
        if (packet == null) {
            packet = transcodeSafely(format);
            others[index] = packet;
        }
        return packet;
    }

    private @Nullable EncodedPacket transcodeSafely(WireFormat format) {
        try {
            return transcode(format);
        } catch (RuntimeException e) {
            LOG.warn(
                    "an event cannot be written in the format {}; clients that use it do not get it", format.name(), e);
            return null;
        }
    }

    private EncodedPacket transcode(WireFormat format) {
        PacketAssembler assembler = firstFormat.newAssembler(ProtocolLimits.TRUSTED);
        byte[] head = first.head();
        Packet packet = first.text() ? assembler.text(head, 1, head.length - 1) : assembler.binary(head);
        for (byte[] attachment : first.attachments()) {
            packet = assembler.binary(attachment);
        }
        if (!(packet instanceof Packet.Event event)) {
            throw new IllegalStateException("expected an event of our own, got " + packet);
        }
        EncodedPacket written = format.event(event.namespace(), event.ackId(), event.name(), event.args());
        WaitHint hint = WaitHint.of(first);
        EncodedPacket hinted = hint == null ? written : written.withHint(hint);
        return first.compressible() ? hinted : hinted.asIncompressible();
    }
}
