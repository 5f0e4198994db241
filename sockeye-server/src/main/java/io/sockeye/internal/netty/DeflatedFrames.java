// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.protocol.EncodedPacket;
import java.util.List;

/**
 * Builds server frames for connections with permessage-deflate: compressed where that is worth it, else as {@link
 * ServerFrames} does. Each method returns one direct buffer. Stateless.
 */
final class DeflatedFrames {
    private DeflatedFrames() {}

    /** Whether any message of a packet is to be compressed. */
    static boolean worth(EncodedPacket packet, PerMessageDeflate settings) {
        if (!packet.compressible()) {
            return false;
        }
        if (packet.head().length >= settings.threshold()) {
            return true;
        }
        List<byte[]> attachments = packet.attachments();
        for (int i = 0; i < attachments.size(); i++) {
            if (attachments.get(i).length >= settings.threshold()) {
                return true;
            }
        }
        return false;
    }

    /** All frames of a packet that is worth it: its head, then its attachments. */
    static ByteBuf packet(
            ByteBufAllocator allocator, EncodedPacket packet, PerMessageDeflate settings, MessageCodec codec) {
        List<byte[]> attachments = packet.attachments();
        ByteBuf out = allocator.directBuffer(ServerFrames.MAX_HEADER + packet.head().length / 2);
        append(out, packet.text() ? FrameParser.TEXT : FrameParser.BINARY, packet.head(), settings, codec);
        for (int i = 0; i < attachments.size(); i++) {
            append(out, FrameParser.BINARY, attachments.get(i), settings, codec);
        }
        return out;
    }

    /** The frame of one message. */
    static ByteBuf message(
            ByteBufAllocator allocator, int opcode, byte[] payload, PerMessageDeflate settings, MessageCodec codec) {
        ByteBuf out = allocator.directBuffer(ServerFrames.MAX_HEADER + payload.length / 2);
        append(out, opcode, payload, settings, codec);
        return out;
    }

    private static void append(
            ByteBuf out, int opcode, byte[] payload, PerMessageDeflate settings, MessageCodec codec) {
        int compressed = payload.length < settings.threshold() ? -1 : codec.compress(payload, settings.level());
        if (compressed < 0) {
            ServerFrames.append(out, opcode, payload);
        } else {
            ServerFrames.header(out, FrameParser.COMPRESSED | opcode, compressed);
            out.writeBytes(codec.compressed(), 0, compressed);
        }
    }
}
