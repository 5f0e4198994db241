// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.RefusalReason;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.IpAddresses;
import io.sockeye.internal.transport.Peer;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection on the server's side: its requests go to the service one after the other. Loop only, but for
 * {@link #inLoop}.
 *
 * <p>A deadline holds while the client has to do something: send a head, go on with a body, read an answer. None holds while
 * the service has to: a request may wait for its answer for as long as it likes.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements LoopSweep.Member {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final int MAX_LINGER_BYTES = 1024 * 1024;
    private static final long MAX_LINGER_MILLIS = 2_000;

    /** What the connection does. */
    private enum Phase {
        /** It waits for a request: nothing of one has come yet. */
        IDLE,
        /** A part of a request head has come. */
        HEAD,
        /** A request is with the service, or its body is on its way. */
        EXCHANGE,
        /** The last answer is being sent. */
        LAST_ANSWER,
        /** All is sent; what still comes in is thrown away, because closing now could destroy the answer on its way. */
        LINGER,
        /** The connection becomes a WebSocket. */
        SWITCH,
        CLOSED
    }

    private final Channel channel;
    private final NettyLoop loop;
    private final HttpService service;
    private final RequestDecoder decoder;
    private final HttpListenerSettings settings;

    /** As text; that of the proxy's client once a PROXY header has told it. */
    private String remoteAddress;
    /** Null for a peer that speaks for itself only. */
    private @Nullable Peer peer;

    private Phase phase = Phase.IDLE;
    private long deadline;
    private @Nullable NettyHttpExchange exchange;
    /** What the last look at the deadline saw: bytes of the body that came, or bytes of answers that wait. */
    private long progressMark;
    /** When a body that is on its way has to be there. */
    private long bodyDeadline;

    private int lingered;

    /** @param address that of the peer, or null if it is not known any more */
    HttpConnection(
            Channel channel,
            NettyLoop loop,
            HttpListenerSettings settings,
            HttpService service,
            @Nullable InetAddress address) {
        this.channel = channel;
        this.loop = loop;
        this.service = service;
        this.settings = settings;
        this.decoder = new RequestDecoder(this, settings);
        this.remoteAddress = address == null ? "" : IpAddresses.text(address);
        this.peer = address != null && settings.edge().proxies().contains(address)
                ? new Peer(address, remoteAddress, false)
                : null;
        this.deadline = LoopSweep.now() + headMillis();
    }

    private long headMillis() {
        return settings.limits().headTimeout().toMillis();
    }

    private long progressMillis() {
        return settings.limits().progressTimeout().toMillis();
    }

    /** Whether the peer is a proxy whose word about its clients is taken. */
    boolean fromTrustedProxy() {
        return peer != null;
    }

    /** The peer has told for whom it speaks. */
    void proxied(Peer client) {
        peer = client;
        remoteAddress = client.text();
    }

    RequestDecoder decoder() {
        return decoder;
    }

    NettyLoop loop() {
        return loop;
    }

    Channel channel() {
        return channel;
    }

    /** Runs a step on the connection's loop: now if this is it. Any thread. */
    void inLoop(Runnable step) {
        if (loop.inLoop()) {
            step.run();
        } else {
            loop.execute(step);
        }
    }

    // What comes in

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        loop.adopt(channel);
        loop.sweep().add(this);
        loop.pending().add(this);
    }

    /** Bytes have come. */
    void onBytes() {
        if (phase == Phase.IDLE) {
            phase = Phase.HEAD;
            // The first head has its time from the connection on.
            if (!loop.pending().has(this)) {
                deadline = LoopSweep.now() + headMillis();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (phase == Phase.HEAD && message instanceof HttpRequest request) {
                onHead(request);
            }
            NettyHttpExchange current = exchange;
            if (current != null && phase == Phase.EXCHANGE && message instanceof HttpContent content) {
                onContent(current, content);
            }
        } catch (RefusedRequest e) {
            refuse(e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onHead(HttpRequest message) {
        if (!channel.isActive()) {
            return;
        }
        RequestHead head = RequestHead.of(message, remoteAddress, peer, settings);
        loop.pending().remove(this);
        NettyHttpExchange created = new NettyHttpExchange(this, head, settings.budget());
        exchange = created;
        phase = Phase.EXCHANGE;
        deadline = LoopSweep.NEVER;
        if (head.hasBody()) {
            decoder.pause();
            dispatch(created);
        }
    }

    private void onContent(NettyHttpExchange current, HttpContent content) {
        RequestHead.refuseUndecoded(content.decoderResult());
        boolean last = content instanceof LastHttpContent;
        RequestBody body = current.body();
        if (last) {
            decoder.pause();
        }
        if (!current.requestHead().hasBody()) {
            dispatch(current);
            return;
        }
        boolean wanted = body.reading();
        if (!body.makeRoom(content.content().readableBytes(), last)) {
            throw new RefusedRequest(503, "the server holds too much", RefusalReason.CAPACITY);
        }
        guarded(current, () -> body.add(content.content(), last));
        if (last) {
            deadline = LoopSweep.NEVER;
            if (current.answered()) {
                finishIfCurrent(current);
            }
        } else if (wanted && !body.reading() && !current.answered()) {
            // Too large: whoever answers decides what becomes of the rest.
            decoder.pause();
            deadline = LoopSweep.NEVER;
        } else if (!wanted && body.received() > RequestBody.MAX_DISCARDED_BYTES) {
            close();
        }
    }

    private void finishIfCurrent(NettyHttpExchange current) {
        if (exchange == current && phase == Phase.EXCHANGE) {
            nextRequest();
        }
    }

    private void dispatch(NettyHttpExchange current) {
        guarded(current, () -> service.handle(current));
    }

    /** Runs code of the service; a fault ends no more than the request. */
    private void guarded(NettyHttpExchange current, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            loop.refusals().warn(LOG, "Handling {} failed", current.head(), e);
            answer(current, HttpResponse.of(500, "text/plain; charset=utf-8", "Internal Server Error"), true);
        }
    }

    /** The service asks for the body: lets it in. */
    void wantBody(NettyHttpExchange current) {
        if (exchange != current || phase != Phase.EXCHANGE) {
            return;
        }
        ChannelHandlerContext ctx = decoderContext();
        if (ctx == null) {
            return;
        }
        if (current.requestHead().expectsContinue() && decoder.waitingBytes() == 0) {
            ResponseWriter.writeContinue(ctx);
        }
        expectBody(current);
        resume(ctx);
    }

    private void expectBody(NettyHttpExchange current) {
        progressMark = current.body().received();
        long now = LoopSweep.now();
        bodyDeadline = now + settings.limits().bodyTimeout().toMillis();
        deadline = Math.min(now + progressMillis(), bodyDeadline);
    }

    // Answers

    /** Sends the answer to a request, unless it has one. */
    void answer(NettyHttpExchange current, HttpResponse response, boolean thenClose) {
        ChannelHandlerContext ctx = decoderContext();
        if (ctx == null || exchange != current || phase != Phase.EXCHANGE || !current.startAnswer()) {
            return;
        }
        RequestHead head = current.requestHead();
        RequestBody body = current.body();
        boolean bodyHeldBack = head.expectsContinue() && !body.complete() && body.received() == 0;
        boolean keepAlive = head.keepAlive() && !thenClose && !bodyHeldBack && body.cheapToDiscard();
        ChannelFuture written = ResponseWriter.write(ctx, response, head, keepAlive, loop.date());
        if (!keepAlive) {
            endAfter(written, body.complete());
        } else if (body.complete()) {
            nextRequest();
        } else {
            expectBody(current);
            resume(ctx);
        }
    }

    private void nextRequest() {
        exchange = null;
        boolean begun = decoder.waitingBytes() > 0;
        phase = begun ? Phase.HEAD : Phase.IDLE;
        progressMark = Long.MAX_VALUE;
        deadline = LoopSweep.now()
                + (begun ? headMillis() : settings.limits().idleTimeout().toMillis());
        ChannelHandlerContext ctx = decoderContext();
        // A client that does not read its answers gets no further ones.
        if (ctx != null && channel.isWritable()) {
            resume(ctx);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ChannelHandlerContext decoding = decoderContext();
        if (decoding != null && channel.isWritable() && (phase == Phase.IDLE || phase == Phase.HEAD)) {
            resume(decoding);
        }
    }

    private void refuse(RefusedRequest refused) {
        ChannelHandlerContext ctx = decoderContext();
        NettyHttpExchange current = exchange;
        exchange = null;
        settings.edge().refusals().count(refused.reason());
        LOG.debug("Refused a request from {}: {}", remoteAddress, refused.getMessage());
        boolean answerable = current == null || current.startAnswer();
        if (current != null) {
            current.abort();
        }
        if (ctx == null || !channel.isActive() || !answerable) {
            close();
            return;
        }
        endAfter(ResponseWriter.writeLast(ctx, HttpResponse.of(refused.status()), loop.date()), false);
    }

    // The end

    /** Closes once the answer has left, after a while of reading if the client may still be sending. */
    private void endAfter(ChannelFuture written, boolean nothingToCome) {
        phase = Phase.LAST_ANSWER;
        decoder.pause();
        progressMark = Long.MAX_VALUE;
        deadline = LoopSweep.now() + progressMillis();
        written.addListener(future -> {
            if (nothingToCome || !future.isSuccess()) {
                close();
            } else {
                linger();
            }
        });
    }

    private void linger() {
        ChannelHandlerContext ctx = decoderContext();
        if (ctx == null || phase != Phase.LAST_ANSWER) {
            close();
            return;
        }
        phase = Phase.LINGER;
        deadline = LoopSweep.now() + MAX_LINGER_MILLIS;
        lingered = 0;
        decoder.discard(ctx);
        if (channel instanceof DuplexChannel duplex) {
            ChannelFuture ignored = duplex.shutdownOutput();
        }
    }

    /** Bytes were thrown away. */
    void onDiscarded(int bytes) {
        lingered += bytes;
        if (lingered > MAX_LINGER_BYTES) {
            close();
        }
    }

    private void close() {
        if (phase != Phase.CLOSED) {
            ChannelFuture ignored = channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean pending = phase == Phase.EXCHANGE;
        phase = Phase.CLOSED;
        loop.forget(channel);
        loop.sweep().remove(this);
        loop.pending().remove(this);
        NettyHttpExchange current = exchange;
        exchange = null;
        if (current != null) {
            if (pending) {
                abort(current);
            }
            current.body().end();
        }
    }

    /** Tells the service that the client has gone. */
    void abort(NettyHttpExchange current) {
        if (current.answered()) {
            return;
        }
        try {
            current.abort();
        } catch (RuntimeException | Error e) {
            loop.refusals().warn(LOG, "Handling the end of {} failed", current.head(), e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("The connection from {} broke", remoteAddress, cause);
        } else {
            loop.refusals().warn(LOG, "The connection from {} is closed after a fault", remoteAddress, cause);
        }
        ChannelFuture ignored = channel.close();
    }

    // Deadlines

    @Override
    public long deadlineMillis() {
        return deadline;
    }

    @Override
    public void onDeadline(long now) {
        boolean body = phase == Phase.EXCHANGE;
        if (phase == Phase.LINGER || !progressed() || (body && now >= bodyDeadline)) {
            giveUp();
        } else {
            deadline = body ? Math.min(now + progressMillis(), bodyDeadline) : now + progressMillis();
        }
    }

    /** Whether the client went on since the last look. */
    private boolean progressed() {
        int least = settings.limits().progressBytes();
        NettyHttpExchange current = exchange;
        if (phase == Phase.EXCHANGE && current != null) {
            long before = progressMark;
            progressMark = current.body().received();
            return progressMark - before >= least;
        }
        long before = progressMark;
        progressMark = unreadBytes();
        return progressMark > 0 && before - progressMark >= least;
    }

    /** The bytes of answers that the client has not taken. */
    private long unreadBytes() {
        var outbound = channel.unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    private void giveUp() {
        LOG.debug("The connection from {} took too long ({})", remoteAddress, phase);
        boolean pending = loop.pending().remove(this);
        // Who does not read its answers would not read this one.
        boolean unread = unreadBytes() > 0;
        if (phase == Phase.HEAD && !unread) {
            refuse(new RefusedRequest(408, "the request head did not come in time"));
            return;
        }
        if (pending || unread || phase == Phase.EXCHANGE || phase == Phase.LAST_ANSWER) {
            settings.edge().refusals().count(RefusalReason.TIMEOUT);
        }
        close();
    }

    /** Too many connections wait for their first request, and this one has done so for longest. */
    void crowdedOut() {
        settings.edge().refusals().count(RefusalReason.PENDING);
        close();
    }

    // The change to WebSocket

    /** Starts to turn the connection into a WebSocket, unless the request has its answer. */
    void upgrade(NettyHttpExchange current, ProtocolSwitch change) {
        if (exchange != current || phase != Phase.EXCHANGE || !current.startAnswer()) {
            return;
        }
        phase = Phase.SWITCH;
        exchange = null;
        loop.forget(channel);
        loop.sweep().remove(this);
        change.start();
    }

    private @Nullable ChannelHandlerContext decoderContext() {
        return channel.pipeline().context(decoder);
    }

    private void resume(ChannelHandlerContext ctx) {
        try {
            decoder.resume(ctx);
        } catch (Exception e) {
            exceptionCaught(ctx, e);
        }
    }
}
