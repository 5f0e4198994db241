// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.protocol.EncodedPacket;
import java.util.List;

/** Builds server frames (RFC 6455, section 5): unmasked, never fragmented. Each method returns one direct buffer. Stateless. */
final class ServerFrames {
    static final int MAX_HEADER = 10;
    private static final int FINAL = 0x80;
    private static final byte[] NOTHING = {};

    private ServerFrames() {}

    /** The frame of one message: {@link FrameParser#TEXT} or {@link FrameParser#BINARY}. */
    static ByteBuf message(ByteBufAllocator allocator, int opcode, byte[] payload) {
        return frame(allocator, opcode, payload);
    }

    static ByteBuf pong(ByteBufAllocator allocator, byte[] payload) {
        return frame(allocator, FrameParser.PONG, payload);
    }

    static ByteBuf ping(ByteBufAllocator allocator) {
        return frame(allocator, FrameParser.PING, NOTHING);
    }

    /** A close frame; {@link CloseCodes#NONE} makes an empty one. */
    static ByteBuf close(ByteBufAllocator allocator, int code, byte[] reason) {
        boolean empty = code == CloseCodes.NONE;
        ByteBuf out = allocator.directBuffer(MAX_HEADER + 2 + reason.length);
        header(out, FrameParser.CLOSE, empty ? 0 : 2 + reason.length);
        return empty ? out : out.writeShort(code).writeBytes(reason);
    }

    /** All frames of a packet: its head, then its attachments. */
    static ByteBuf packet(ByteBufAllocator allocator, EncodedPacket packet) {
        ByteBuf out = allocator.directBuffer(bytes(packet));
        append(out, packet);
        return out;
    }

    /** Appends all frames of a packet. */
    static void append(ByteBuf out, EncodedPacket packet) {
        append(out, packet.text() ? FrameParser.TEXT : FrameParser.BINARY, packet.head());
        List<byte[]> attachments = packet.attachments();
        for (int i = 0; i < attachments.size(); i++) {
            append(out, FrameParser.BINARY, attachments.get(i));
        }
    }

    /** How long all frames of a packet are. */
    static int bytes(EncodedPacket packet) {
        int bytes = bytes(packet.head());
        List<byte[]> attachments = packet.attachments();
        for (int i = 0; i < attachments.size(); i++) {
            bytes += bytes(attachments.get(i));
        }
        return bytes;
    }

    /** How long the frame of a message is. */
    static int bytes(byte[] payload) {
        int length = payload.length;
        return length + (length <= FrameParser.MAX_CONTROL_BYTES ? 2 : length <= 0xffff ? 4 : MAX_HEADER);
    }

    private static ByteBuf frame(ByteBufAllocator allocator, int opcode, byte[] payload) {
        ByteBuf out = allocator.directBuffer(MAX_HEADER + payload.length);
        append(out, opcode, payload);
        return out;
    }

    static void append(ByteBuf out, int opcode, byte[] payload) {
        header(out, opcode, payload.length);
        out.writeBytes(payload);
    }

    /** @param opcode with the bit for compression where that applies */
    static void header(ByteBuf out, int opcode, int length) {
        if (length <= FrameParser.MAX_CONTROL_BYTES) {
            out.writeShort((FINAL | opcode) << 8 | length);
        } else if (length <= 0xffff) {
            out.writeShort((FINAL | opcode) << 8 | 126);
            out.writeShort(length);
        } else {
            out.writeShort((FINAL | opcode) << 8 | 127);
            out.writeLong(length);
        }
    }
}
