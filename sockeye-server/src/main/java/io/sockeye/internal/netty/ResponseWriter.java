// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Puts responses on the wire (RFC 9112). Stateless. */
final class ResponseWriter {
    private static final int MAX_COPIED_BODY = 8 * 1024;
    private static final int HEAD_ESTIMATE = 256;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SWITCHING_PROTOCOLS = """
            HTTP/1.1 101 Switching Protocols\r
            upgrade: websocket\r
            connection: Upgrade\r
            sec-websocket-accept:\s""".getBytes(StandardCharsets.US_ASCII);

    private ResponseWriter() {}

    /**
     * Writes and flushes an answer.
     *
     * @param head the request: a HEAD is told the length, but not sent the body
     */
    static ChannelFuture write(
            ChannelHandlerContext ctx, HttpResponse response, RequestHead head, boolean keepAlive, DateHeader date) {
        boolean headOnly = head.request().method().equals("HEAD");
        return write(ctx, response, headOnly, connectionValue(head.http11(), keepAlive), date);
    }

    /** Writes and flushes an answer to a request that could not be read; the connection is closed afterwards. */
    static ChannelFuture writeLast(ChannelHandlerContext ctx, HttpResponse response, DateHeader date) {
        return write(ctx, response, false, "close", date);
    }

    /** Writes and flushes {@code 100 Continue}. */
    static void writeContinue(ChannelHandlerContext ctx) {
        ChannelFuture ignored = ctx.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE), ctx.voidPromise());
    }

    /**
     * The head of a {@code 101}, whose connection speaks WebSocket from then on.
     *
     * @param accept the proof that the key was read
     * @param headers the fields that follow
     */
    static ByteBuf switchingProtocols(ByteBufAllocator allocator, String accept, Headers headers) {
        ByteBuf out = allocator.directBuffer(HEAD_ESTIMATE);
        out.writeBytes(SWITCHING_PROTOCOLS);
        ascii(out, accept);
        ascii(out, "\r\n");
        headers.forEach((name, value) -> field(out, name, value));
        ascii(out, "\r\n");
        return out;
    }

    /* HTTP/1.1 goes on by default, HTTP/1.0 does not. */
    private static String connectionValue(boolean http11, boolean keepAlive) {
        if (!keepAlive) {
            return "close";
        }
        return http11 ? "" : "keep-alive";
    }

    private static ChannelFuture write(
            ChannelHandlerContext ctx, HttpResponse response, boolean headOnly, String connection, DateHeader date) {
        int status = response.status();
        byte[] body = response.body();
        boolean hasBody = status != 204 && status != 304;
        boolean sendsBody = hasBody && !headOnly && body.length > 0;
        boolean copied = sendsBody && body.length <= MAX_COPIED_BODY;
        ByteBuf out = ctx.alloc().directBuffer(HEAD_ESTIMATE + (copied ? body.length : 0));
        head(out, response, hasBody, connection, date);
        if (copied) {
            out.writeBytes(body);
        }
        if (sendsBody && !copied) {
            ChannelFuture ignored = ctx.write(out, ctx.voidPromise());
            return ctx.writeAndFlush(Unpooled.wrappedBuffer(body));
        }
        return ctx.writeAndFlush(out);
    }

    private static void head(ByteBuf out, HttpResponse response, boolean hasBody, String connection, DateHeader date) {
        ascii(out, "HTTP/1.1 ");
        ascii(out, Integer.toString(response.status()));
        out.writeByte(' ');
        ascii(out, HttpResponseStatus.valueOf(response.status()).reasonPhrase());
        ascii(out, "\r\n");
        response.headers().forEach((name, value) -> {
            if (!ownField(name)) {
                field(out, name, value);
            }
        });
        ascii(out, "date: ");
        out.writeBytes(date.value());
        ascii(out, "\r\n");
        if (hasBody) {
            field(out, "content-length", Integer.toString(response.body().length));
        }
        if (!connection.isEmpty()) {
            field(out, "connection", connection);
        }
        ascii(out, "\r\n");
    }

    private static boolean ownField(String name) {
        return switch (name) {
            case "content-length", "date", "connection", "transfer-encoding", "keep-alive" -> true;
            default -> false;
        };
    }

    private static void field(ByteBuf out, String name, String value) {
        ascii(out, name);
        ascii(out, ": ");
        ascii(out, value);
        ascii(out, "\r\n");
    }

    /* Characters that have no place in a header are sent as question marks. */
    private static void ascii(ByteBuf out, String text) {
        ByteBufUtil.writeAscii(out, text);
    }
}
