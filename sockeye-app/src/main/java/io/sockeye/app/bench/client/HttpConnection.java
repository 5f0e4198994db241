// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A connection that carries one HTTP request after the other. Event loop only. */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private final ClientLoop loop;
    private final Answers answers;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf waiting;
    private byte @Nullable [] rest;
    private boolean busy;

    /** Who asks. */
    interface Answers {
        /** The answer to the request. The bytes are there for the time of the call. */
        void answered(HttpConnection connection, int status, ByteBuf in, int at, int length);

        /**
         * The connection is closed.
         *
         * @param asked whether there was a request without an answer
         */
        void closed(HttpConnection connection, boolean asked, String reason);
    }

    HttpConnection(ClientLoop loop, Answers answers) {
        this.loop = loop;
        this.answers = answers;
    }

    /** Whether a request waits for its answer. */
    boolean busy() {
        return busy;
    }

    /** Sends a request, once the connection is open. */
    void ask(ByteBuf request) {
        busy = true;
        if (context == null) {
            waiting = request;
        } else {
            Future<?> ignored = context.writeAndFlush(request, context.voidPromise());
        }
    }

    void close() {
        if (context != null) {
            Future<?> ignored = context.close();
        }
        dropWaiting();
    }

    void stopReading() {
        if (context != null) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        ByteBuf request = waiting;
        waiting = null;
        if (request != null) {
            Future<?> ignored = ctx.writeAndFlush(request, ctx.voidPromise());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        loop.bytesArrived();
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
    public void channelInactive(ChannelHandlerContext ctx) {
        dropWaiting();
        answers.closed(this, busy, "the server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        answers.closed(this, busy, String.valueOf(cause.getMessage()));
        Future<?> ignored = ctx.close();
    }

    private void dropWaiting() {
        ByteBuf request = waiting;
        waiting = null;
        if (request != null) {
            request.release();
        }
    }

    private void read(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (at < end) {
            int used = answer(in, at, end);
            if (used == 0) {
                rest = new byte[end - at];
                in.getBytes(at, rest);
                return;
            }
            at += used;
        }
    }

    /** Reads one response; the answer is the bytes used, 0 if more have to come. */
    private int answer(ByteBuf in, int at, int end) {
        int headLength = ResponseHead.length(in, at, end);
        if (headLength < 0) {
            return 0;
        }
        ResponseHead head = ResponseHead.read(in, at, headLength);
        int bodyAt = at + headLength;
        if (head.bodyLength() == ResponseHead.CHUNKED) {
            ChunkedBody body = ChunkedBody.read(in, bodyAt, end);
            if (body == null) {
                return 0;
            }
            answered(head.status(), body.data(), 0, body.data().writerIndex());
            return headLength + body.used();
        }
        int length = Math.max(head.bodyLength(), 0);
        if (end - bodyAt < length) {
            return 0;
        }
        answered(head.status(), in, bodyAt, length);
        return headLength + length;
    }

    private void answered(int status, ByteBuf in, int at, int length) {
        busy = false;
        answers.answered(this, status, in, at, length);
    }
}
