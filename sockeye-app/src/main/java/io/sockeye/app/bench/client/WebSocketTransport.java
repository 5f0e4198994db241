// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.sockeye.app.bench.wire.PacketTemplate;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A session over a WebSocket: the one handler in its channel's pipeline. Event loop only. */
final class WebSocketTransport extends ChannelInboundHandlerAdapter implements Transport {
    private static final int CLOSE = 0x88;
    private static final int PONG = 0x8a;
    private static final int MASKED = 0x80;
    private static final int CONTROL_BYTES = 125;
    private static final int HANDSHAKE_BYTES = 64 * 1024;
    private static final long DELAY_AGAIN_NANOS = 10_000_000;

    /* Reading. A frame is recognised by its first bytes, in the buffer that the loop shares; the rest of it is counted
     * down in `skip`. What is too short to be recognised is kept in `rest` until more has come. */
    private final Session session;
    private final WebSocketStart start;
    private @Nullable ChannelHandlerContext context;
    private byte @Nullable [] rest;
    private long skip;
    private boolean switched;
    private boolean reading;
    private boolean unflushed;
    private long delayedNanos;

    WebSocketTransport(Session session, WebSocketStart start) {
        this.session = session;
        this.start = start;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (session.closed()) {
            Future<?> unused = ctx.close();
            return;
        }
        String request = start.request(session);
        Future<?> unused =
                ctx.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.ISO_8859_1), ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        reading = true;
        session.loop().bytesArrived();
        try {
            byte[] earlier = rest;
            if (earlier == null) {
                read(in);
                return;
            }
            rest = null;
            ByteBuf joined = ctx.alloc().buffer(earlier.length + in.readableBytes());
            try {
                read(joined.writeBytes(earlier).writeBytes(in));
            } finally {
                joined.release();
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        } else if (switched && session.loop().arrivalNanos() - delayedNanos > DELAY_AGAIN_NANOS) {
            delayAcknowledgements();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.lost("the server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        session.lost(String.valueOf(cause.getMessage()));
        Future<?> unused = ctx.close();
    }

    @Override
    public void send(PacketTemplate packet, long stamp, int id, int times) {
        if (context == null) {
            return;
        }
        ByteBuf out = context.alloc().directBuffer(packet.frameLength() * times);
        for (int i = 0; i < times; i++) {
            packet.writeFrame(out, stamp, id);
        }
        write(out);
    }

    @Override
    public void sendPong() {
        write(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, (byte) (MASKED | 1), 0, 0, 0, 0, '3'}));
    }

    @Override
    public boolean settled() {
        return true;
    }

    @Override
    public void stopReading() {
        if (context != null) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void leave() {
        if (context == null) {
            return;
        }
        write(Unpooled.wrappedBuffer(new byte[] {(byte) CLOSE, (byte) MASKED, 0, 0, 0, 0}));
        context.flush();
        Future<?> unused = ((DuplexChannel) context.channel()).shutdownOutput();
    }

    @Override
    public void abort() {
        if (context != null) {
            Future<?> unused = context.close();
        }
    }

    private void write(ByteBuf out) {
        if (context == null) {
            out.release();
            return;
        }
        Future<?> unused = context.write(out, context.voidPromise());
        if (reading) {
            unflushed = true;
        } else {
            context.flush();
        }
    }

    private void read(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (at < end) {
            int used;
            if (skip > 0) {
                used = (int) Math.min(skip, end - at);
                skip -= used;
            } else {
                used = switched ? frame(in, at, end) : head(in, at, end);
            }
            if (used == 0) {
                rest = new byte[end - at];
                in.getBytes(at, rest);
                return;
            }
            at += used;
        }
    }

    private int head(ByteBuf in, int at, int end) {
        int length = ResponseHead.length(in, at, end);
        if (length < 0) {
            return 0;
        }
        if (ResponseHead.read(in, at, length).status() != 101) {
            session.lost("the server does not switch to WebSocket: " + ResponseHead.statusLine(in, at, end) + " "
                    + Session.shown(in, at + length, end - at - length));
            return end - at;
        }
        switched = true;
        delayAcknowledgements();
        start.switched(session, this);
        return length;
    }

    /* Else the kernel answers each read of a small message with a segment of its own, for half of what the read costs. Who only listens
     * falls back to that once an acknowledgement has waited for its 40 ms, so it is asked for again and again. */
    private void delayAcknowledgements() {
        delayedNanos = session.loop().arrivalNanos();
        if (context != null && context.channel() instanceof EpollSocketChannel channel) {
            channel.config().setTcpQuickAck(false);
        }
    }

    /** Reads one frame; the answer is the bytes used, 0 if more have to come. */
    private int frame(ByteBuf in, int at, int end) {
        int there = end - at;
        if (there < 2) {
            return 0;
        }
        int opcode = in.getByte(at) & 0x0f;
        int shortLength = in.getByte(at + 1) & 0xff;
        int headerLength = shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10;
        if (there < headerLength) {
            return 0;
        }
        long length =
                shortLength < 126 ? shortLength : shortLength == 126 ? in.getUnsignedShort(at + 2) : in.getLong(at + 2);
        if ((in.getByte(at) & 0x70) != 0 || shortLength > 127 || length < 0) {
            session.lost("the server sent a frame that is not of this WebSocket: extension bits, mask or length");
            return there;
        }
        int payload = there - headerLength;
        int limit = Math.max(CONTROL_BYTES, Math.min(session.wanted(), HANDSHAKE_BYTES));
        if (payload < Math.min(length, limit)) {
            return 0;
        }
        dispatch(opcode, in, at + headerLength, (int) Math.min(length, payload));
        skip = Math.max(length - payload, 0);
        return headerLength + (int) Math.min(length, payload);
    }

    private void dispatch(int opcode, ByteBuf in, int at, int length) {
        switch (opcode) {
            case 1 -> text(in, at, length);
            case 2 -> session.binary(in, at, length);
            case 8 -> closed(in, at, length);
            case 9 -> pong(in, at, length);
            default -> {}
        }
    }

    private void text(ByteBuf in, int at, int length) {
        if (session.connected()) {
            session.text(in, at, length);
        } else {
            start.text(session, this, in, at, length);
        }
    }

    private void closed(ByteBuf in, int at, int length) {
        session.lost("the server closed the WebSocket" + (length >= 2 ? ", code " + in.getUnsignedShort(at) : ""));
    }

    private void pong(ByteBuf in, int at, int length) {
        ByteBuf out = Unpooled.buffer(6 + length);
        out.writeByte(PONG).writeByte(MASKED | length).writeInt(0).writeBytes(in, at, length);
        write(out);
    }
}
