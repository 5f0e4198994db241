// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.internal.netty.FrameSequences.Sequence;
import io.sockeye.protocol.EncodedPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames that one WebSocket connection sends, gathered over a turn of its loop. Loop only. */
/* Small frames are not given to the channel one by one. Those that other connections get too are gathered as a sequence, whose frames
 * are built once for all of them; those of this connection alone, in a buffer of its own. A turn mostly has one kind, and so ends in
 * one write of one buffer; where kinds alternate, what was gathered is handed to the channel first. At most one of the two is there.
 *
 * Whether the client is behind is a flag here and not asked of the channel: a walk over the members of a room then touches nothing of
 * the channel until the end of the turn. What was gathered does not count for it, and is bounded by MAX_GATHERED and FrameSequences.
 */
final class FrameWriter implements LoopFlusher.Target {
    private static final Logger LOG = LoggerFactory.getLogger(FrameWriter.class);

    /** So much leaves before the turn ends. */
    private static final int MAX_UNFLUSHED_BYTES = 64 * 1024;

    /** Larger packets are worth a write of their own. */
    private static final int MAX_GATHERED = 4 * 1024;

    /** The same for those that others get too: at another place in each sequence they are copied once more. */
    private static final int MAX_GATHERED_SHARED = 1024;

    /** What the buffer for further packets of a turn holds. */
    private static final int GATHERING_BYTES = 1024;

    private final NettyLoop loop;
    private final ChannelHandlerContext ctx;
    /** Null where compression was not agreed on. */
    private final @Nullable PerMessageDeflate deflate;

    private @Nullable Sequence sequence;
    private @Nullable ByteBuf own;
    private boolean flushPending;
    private int unflushed;
    private boolean behind;

    FrameWriter(NettyLoop loop, ChannelHandlerContext ctx, @Nullable PerMessageDeflate deflate) {
        this.loop = loop;
        this.ctx = ctx;
        this.deflate = deflate;
    }

    /** Whether the bytes written so far have mostly left. */
    boolean writable() {
        return !behind;
    }

    /**
     * Writes a packet.
     *
     * @param shared whether other connections of the loop are sent the same object
     */
    void write(EncodedPacket packet, boolean shared) {
        PerMessageDeflate settings = deflate;
        if (settings != null && DeflatedFrames.worth(packet, settings)) {
            write(
                    shared
                            ? loop.sharedFrames().deflated(ctx.alloc(), packet, settings, loop.codec())
                            : DeflatedFrames.packet(ctx.alloc(), packet, settings, loop.codec()));
        } else if (packet.bytes() > (shared ? MAX_GATHERED_SHARED : MAX_GATHERED)) {
            write(shared ? loop.sharedFrames().of(ctx.alloc(), packet) : ServerFrames.packet(ctx.alloc(), packet));
        } else if (shared && own == null) {
            follow(packet);
        } else {
            int bytes = ServerFrames.bytes(packet);
            ServerFrames.append(own(bytes), packet);
            willFlush(bytes);
        }
    }

    private void follow(EncodedPacket packet) {
        Sequence longer = loop.sequences().append(sequence, packet);
        if (longer == null) {
            handOver();
            longer = loop.sequences().append(null, packet);
        }
        sequence = longer;
        willFlush(packet.bytes());
    }

    /** Writes one message: {@link FrameParser#TEXT} or {@link FrameParser#BINARY}. */
    void message(int opcode, byte[] payload) {
        PerMessageDeflate settings = deflate;
        if (settings != null) {
            write(DeflatedFrames.message(ctx.alloc(), opcode, payload, settings, loop.codec()));
        } else if (payload.length > MAX_GATHERED) {
            write(ServerFrames.message(ctx.alloc(), opcode, payload));
        } else {
            int bytes = ServerFrames.bytes(payload);
            ServerFrames.append(own(bytes), opcode, payload);
            willFlush(bytes);
        }
    }

    /** Writes frames as they are. Takes the buffer over. */
    void write(ByteBuf frames) {
        handOver();
        int bytes = frames.readableBytes();
        give(frames);
        willFlush(bytes);
    }

    /** The buffer for the next frames of this connection alone: the first of a turn has no more room than it needs. */
    private ByteBuf own(int bytes) {
        ByteBuf buffer = own;
        if (buffer != null && buffer.writableBytes() >= bytes) {
            return buffer;
        }
        int room = unflushed == 0 ? bytes : Math.max(bytes, GATHERING_BYTES);
        handOver();
        buffer = ctx.alloc().directBuffer(room);
        own = buffer;
        return buffer;
    }

    /** Gives what was gathered to the channel. */
    private void handOver() {
        Sequence gathered = sequence;
        ByteBuf buffer = own;
        if (gathered != null) {
            sequence = null;
            give(framesOf(gathered).retainedDuplicate());
        } else if (buffer != null) {
            own = null;
            give(buffer);
        }
    }

    /* The allocator is far away, and only the first connection needs it. */
    private ByteBuf framesOf(Sequence gathered) {
        ByteBuf built = gathered.frames();
        return built == null ? loop.sequences().build(ctx.alloc(), gathered) : built;
    }

    private void give(ByteBuf frames) {
        ChannelFuture ignored = ctx.write(frames, ctx.voidPromise());
        behind |= !ctx.channel().isWritable();
    }

    /** Has what was written leave at the end of the turn, or now if it is much. */
    void willFlush(int bytes) {
        unflushed += bytes;
        if (!flushPending) {
            flushPending = true;
            loop.flushAtEndOfTurn(this);
        }
        if (unflushed >= MAX_UNFLUSHED_BYTES) {
            unflushed = 0;
            flush();
        }
    }

    @Override
    public void flushNow() {
        flushPending = false;
        unflushed = 0;
        flush();
    }

    @Override
    public boolean looksIdle() {
        return ctx.channel() instanceof PastQueue channel && channel.queueIsEmpty();
    }

    /* What fails here, for want of memory, must cost no other connection its turn. */
    private void flush() {
        try {
            if (!hasSentPastQueue()) {
                handOver();
                ctx.flush();
            }
        } catch (RuntimeException | Error e) {
            loop.refusals().warn(LOG, "A WebSocket connection is closed, since its frames could not be sent", e);
            drop();
            ChannelFuture ignored = ctx.close();
        }
    }

    /** Whether what was gathered is all there was to send, and has left without an entry in the channel's queue. */
    private boolean hasSentPastQueue() {
        Sequence gathered = sequence;
        ByteBuf frames = gathered == null ? own : framesOf(gathered);
        if (frames == null || !(ctx.channel() instanceof PastQueue channel)) {
            return false;
        }
        int sent = channel.sendPastQueue(frames);
        if (sent == frames.readableBytes()) {
            drop();
            return true;
        }
        if (sent > 0) {
            give(frames.retainedSlice(frames.readerIndex() + sent, frames.readableBytes() - sent));
            drop();
        }
        return false;
    }

    /** Writes the last frames of the connection; they leave at once. */
    ChannelFuture finish(ByteBuf frames) {
        handOver();
        return ctx.writeAndFlush(frames);
    }

    /** The channel has changed its mind about {@link #writable}. Whether there is room again after a time without. */
    boolean roomAgain() {
        boolean was = behind;
        behind = !ctx.channel().isWritable();
        return was && !behind;
    }

    /** Forgets what was gathered. */
    void drop() {
        ByteBuf buffer = own;
        sequence = null;
        own = null;
        if (buffer != null) {
            buffer.release();
        }
    }
}
