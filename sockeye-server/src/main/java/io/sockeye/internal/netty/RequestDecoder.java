// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Netty's strict request decoder with a gate: while it is closed, bytes wait undecoded. So requests of one connection are
 * decoded one after the other, a body is only taken by who wants it, and what follows a WebSocket handshake is never taken
 * for HTTP. Loop only.
 *
 * <p>Bytes are read while the gate is closed, because that is how the end of a connection is noticed, up to a bound.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MAX_WAITING_BYTES = 64 * 1024;

    private final HttpConnection connection;
    private boolean closed;
    private boolean decoding;
    private boolean discarding;

    RequestDecoder(HttpConnection connection, HttpListenerSettings settings) {
        super(config(settings));
        this.connection = connection;
    }

    static HttpDecoderConfig config(HttpListenerSettings settings) {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(settings.limits().targetBytes())
                .setMaxHeaderSize(settings.limits().headerBytes())
                .setMaxChunkSize(MAX_WAITING_BYTES)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false);
    }

    /** Closes the gate. */
    void pause() {
        closed = true;
    }

    /** Opens the gate; what waits is decoded now, or when the call that is decoding goes on. */
    void resume(ChannelHandlerContext ctx) throws Exception {
        if (!closed || discarding || ctx.isRemoved()) {
            return;
        }
        closed = false;
        if (!decoding && waitingBytes() > 0) {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        }
        if (!closed && !ctx.isRemoved() && !ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** From now on all bytes are thrown away. */
    void discard(ChannelHandlerContext ctx) {
        discarding = true;
        closed = true;
        ctx.channel().config().setAutoRead(true);
    }

    /** The number of bytes that wait undecoded. */
    int waitingBytes() {
        return actualReadableBytes();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (discarding) {
            int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            ReferenceCountUtil.release(message);
            connection.onDiscarded(bytes);
            return;
        }
        connection.onBytes();
        boolean outermost = !decoding;
        decoding = true;
        try {
            super.channelRead(ctx, message);
        } finally {
            decoding = !outermost;
        }
        if (closed && !ctx.isRemoved() && waitingBytes() > MAX_WAITING_BYTES) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (closed) {
            // The decoder would ask for more bytes, because it produced nothing.
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
        if (!closed) {
            super.decode(ctx, buffer, out);
        }
    }
}
