// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A packet made ahead, with places for a stamp and an acknowledgement id that are written into each copy. It exists with
 * the header of a WebSocket frame and without. The frame's mask is zero, so that the packet stays as it is.
 */
public final class PacketTemplate {
    /** Ids are written with four digits, or as a 16-bit integer of MessagePack: from here on both have a fixed width. */
    public static final int FIRST_ID = 1_000;

    /** The id after the last. */
    public static final int ID_LIMIT = 10_000;

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int MASKED = 0x80;
    private static final int ABSENT = -1;

    private final byte[] frame;
    private final int headerLength;
    private final boolean binary;
    private final int stampAt;
    private final int idAt;

    private PacketTemplate(byte[] packet, boolean binary, int stampAt, int idAt) {
        byte[] header = header(packet.length, binary);
        frame = new byte[header.length + packet.length];
        System.arraycopy(header, 0, frame, 0, header.length);
        System.arraycopy(packet, 0, frame, header.length, packet.length);
        headerLength = header.length;
        this.binary = binary;
        this.stampAt = stampAt;
        this.idAt = idAt;
    }

    /** A text packet in which nothing changes. */
    public static PacketTemplate text(String packet) {
        return new PacketTemplate(packet.getBytes(StandardCharsets.UTF_8), false, ABSENT, ABSENT);
    }

    /**
     * A text packet.
     *
     * @param stampAt where the stamp is, in bytes from the packet's start, or -1
     * @param idAt where the four digits of the id are, or -1
     */
    static PacketTemplate text(String packet, int stampAt, int idAt) {
        return new PacketTemplate(packet.getBytes(StandardCharsets.UTF_8), false, stampAt, idAt);
    }

    /**
     * A binary packet.
     *
     * @param stampAt where the stamp is, in bytes from the packet's start, or -1
     * @param idAt where the two bytes of the id are, or -1
     */
    static PacketTemplate binary(byte[] packet, int stampAt, int idAt) {
        return new PacketTemplate(packet, true, stampAt, idAt);
    }

    /** Whether it travels in a binary message. */
    public boolean isBinary() {
        return binary;
    }

    /** The length of the packet with its WebSocket header, in bytes. */
    public int frameLength() {
        return frame.length;
    }

    /** The length of the packet in bytes. */
    public int packetLength() {
        return frame.length - headerLength;
    }

    /** Appends the packet in a WebSocket frame. */
    public void writeFrame(ByteBuf out, long stamp, int id) {
        int start = out.writerIndex() + headerLength;
        out.writeBytes(frame);
        fill(out, start, stamp, id);
    }

    /** Appends the packet. */
    public void writePacket(ByteBuf out, long stamp, int id) {
        int start = out.writerIndex();
        out.writeBytes(frame, headerLength, frame.length - headerLength);
        fill(out, start, stamp, id);
    }

    private void fill(ByteBuf out, int start, long stamp, int id) {
        if (stampAt != ABSENT) {
            Stamp.write(out, start + stampAt, stamp);
        }
        if (idAt == ABSENT) {
            return;
        }
        if (binary) {
            out.setShort(start + idAt, id);
            return;
        }
        int rest = id;
        for (int place = 3; place >= 0; place--) {
            out.setByte(start + idAt + place, '0' + rest % 10);
            rest /= 10;
        }
    }

    private static byte[] header(int length, boolean binary) {
        byte opcode = (byte) (binary ? FINAL_BINARY : FINAL_TEXT);
        if (length < 126) {
            return new byte[] {opcode, (byte) (MASKED | length), 0, 0, 0, 0};
        }
        if (length <= 0xffff) {
            return new byte[] {opcode, (byte) (MASKED | 126), (byte) (length >> 8), (byte) length, 0, 0, 0, 0};
        }
        return new byte[] {
            opcode,
            (byte) (MASKED | 127),
            0,
            0,
            0,
            0,
            (byte) (length >> 24),
            (byte) (length >> 16),
            (byte) (length >> 8),
            (byte) length,
            0,
            0,
            0,
            0
        };
    }
}
