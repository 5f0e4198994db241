// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.internal.transport.CloseCodes;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.protocol.EncodedPacket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection (RFC 6455): the only handler that is left in its pipeline. Loop only.
 *
 * <p>Its end has up to three steps. OPEN becomes CLOSING when this side asks for the end: frames are still parsed, to find
 * the peer's close frame. It becomes FINISHED when nothing more is to be learned, because of the peer's close frame or
 * because of a violation: the listener is told, and what still comes in is thrown away until the peer closes or a second
 * has passed.
 */
final class WebSocketConnection extends ChannelInboundHandlerAdapter
        implements WebSocketChannel, FrameParser.Receiver, LoopSweep.Member {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
    private static final int MAX_PONGS_PER_READ = 32;
    private static final int MAX_REASON_BYTES = FrameParser.MAX_CONTROL_BYTES - 2;
    private static final long CLOSE_MILLIS = 1_000;
    /** A close frame may be behind much that a slow peer still takes. */
    private static final int MAX_EXTENSIONS = 30;

    private enum State {
        OPEN,
        CLOSING,
        FINISHED
    }

    private final NettyLoop loop;
    private final FrameParser parser;
    private final String subprotocol;
    /** Null where compression was not agreed on. */
    private final @Nullable PerMessageDeflate deflate;

    private WebSocketListener listener;
    private @Nullable ChannelHandlerContext context;
    private @Nullable FrameWriter writer;
    private State state = State.OPEN;
    private boolean told;

    /* Reading. */
    private boolean reading = true;
    private boolean heard;
    private @Nullable ByteBuf held;
    private byte @Nullable [] heldPong;
    private int pongs;

    /* The end. */
    private long deadline = LoopSweep.NEVER;
    private int extensionsLeft = MAX_EXTENSIONS;
    /** What waited to be sent at the last look at the deadline. */
    private int waitingAtLastLook = Integer.MAX_VALUE;

    WebSocketConnection(
            NettyLoop loop,
            WebSocketListener listener,
            int maxMessageBytes,
            IncomingBudget budget,
            String subprotocol,
            @Nullable PerMessageDeflate deflate) {
        this.loop = loop;
        this.listener = listener;
        this.parser = new FrameParser(maxMessageBytes, budget, deflate == null ? null : loop.codec());
        this.deflate = deflate;
        this.subprotocol = subprotocol;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        writer = new FrameWriter(loop, ctx, deflate);
        loop.adopt(ctx.channel());
    }

    /** Tells the listener. The 101 response is written, and leaves at the end of the turn. */
    void open() {
        writer().willFlush(0);
        try {
            listener.onOpen(this);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Starts to read, unless the listener has stopped that. */
    void start() {
        if (reading || state != State.OPEN) {
            ctx().channel().config().setAutoRead(true);
        }
    }

    private ChannelHandlerContext ctx() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("expected a connection that is in a pipeline");
        }
        return ctx;
    }

    private FrameWriter writer() {
        FrameWriter present = writer;
        if (present == null) {
            throw new IllegalStateException("expected a connection that is in a pipeline");
        }
        return present;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public String subprotocol() {
        return subprotocol;
    }

    @Override
    public void listener(WebSocketListener replacement) {
        loop.assertInLoop();
        listener = replacement;
    }

    // Writing

    @Override
    public boolean writable() {
        return writer().writable();
    }

    @Override
    public void write(EncodedPacket packet, boolean shared) {
        loop.assertInLoop();
        if (state == State.OPEN) {
            writer().write(packet, shared);
        }
    }

    @Override
    public void writeText(byte[] utf8) {
        loop.assertInLoop();
        if (state == State.OPEN) {
            writer().message(FrameParser.TEXT, utf8);
        }
    }

    @Override
    public void writeBinary(byte[] data) {
        loop.assertInLoop();
        if (state == State.OPEN) {
            writer().message(FrameParser.BINARY, data);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (writer().roomAgain()) {
            // Not from within the write that made the change.
            loop.execute(this::becameWritable);
        }
    }

    private void becameWritable() {
        if (state != State.OPEN || !writable()) {
            return;
        }
        sendHeldPong();
        try {
            listener.onWritable();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void ping() {
        loop.assertInLoop();
        if (state == State.OPEN) {
            writer().write(ServerFrames.ping(ctx().alloc()));
        }
    }

    // Reading

    @Override
    public boolean heard() {
        boolean some = heard || !reading;
        heard = false;
        return some;
    }

    @Override
    public void reading(boolean enabled) {
        loop.assertInLoop();
        if (reading == enabled || state != State.OPEN) {
            return;
        }
        reading = enabled;
        if (enabled) {
            loop.execute(this::resumeReading);
        } else {
            ctx().channel().config().setAutoRead(false);
        }
    }

    private void resumeReading() {
        if (!wantsFrames() && state != State.FINISHED) {
            return;
        }
        ByteBuf waiting = held;
        held = null;
        if (waiting != null) {
            take(waiting);
        }
        if (wantsFrames() || state == State.FINISHED) {
            ctx().channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heard = true;
        if (!(message instanceof ByteBuf in) || state == State.FINISHED) {
            ReferenceCountUtil.release(message);
        } else if (held != null) {
            // Reading was stopped, but the end of the connection brought what the kernel still had.
            held = Unpooled.wrappedBuffer(held, in);
        } else {
            take(in);
        }
    }

    private void take(ByteBuf in) {
        try {
            parser.parse(in, this);
        } catch (WebSocketViolation violation) {
            violated(violation);
        } finally {
            if (state == State.OPEN && in.isReadable()) {
                held = in;
            } else {
                in.release();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        pongs = 0;
        sendHeldPong();
    }

    @Override
    public boolean wantsFrames() {
        return state == State.CLOSING || (state == State.OPEN && reading);
    }

    @Override
    public void onTextMessage(byte[] utf8) {
        if (state != State.OPEN) {
            return;
        }
        try {
            listener.onText(utf8);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void onBinaryMessage(byte[] data) {
        if (state != State.OPEN) {
            return;
        }
        try {
            listener.onBinary(data);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Every ping gets its pong, but in a flood, or if the peer does not read, only the latest (section 5.5.3). */
    @Override
    public void onPing(byte[] payload) {
        if (state != State.OPEN) {
            return;
        }
        if (pongs < MAX_PONGS_PER_READ && writable()) {
            pongs++;
            writer().write(ServerFrames.pong(ctx().alloc(), payload));
        } else {
            heldPong = payload;
        }
    }

    private void sendHeldPong() {
        byte[] payload = heldPong;
        if (payload != null && state == State.OPEN && writable()) {
            heldPong = null;
            writer().write(ServerFrames.pong(ctx().alloc(), payload));
        }
    }

    // The end

    @Override
    public void close(int code, String reason) {
        loop.assertInLoop();
        if (code != CloseCodes.NONE && !CloseCodes.maySend(code)) {
            throw new IllegalArgumentException("expected a close code that may be sent, got " + code);
        }
        if (state != State.OPEN) {
            return;
        }
        writer().write(ServerFrames.close(ctx().alloc(), code, reasonBytes(reason)));
        state = State.CLOSING;
        heldPong = null;
        expectEnd();
        loop.execute(this::resumeReading);
    }

    private static byte[] reasonBytes(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_REASON_BYTES) {
            return bytes;
        }
        int end = MAX_REASON_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private void expectEnd() {
        deadline = LoopSweep.now() + CLOSE_MILLIS;
        loop.sweep().add(this);
    }

    @Override
    public void abort() {
        loop.assertInLoop();
        state = State.FINISHED;
        writer().drop();
        ChannelFuture ignored = ctx().close();
    }

    @Override
    public void onCloseFrame(int code, String reason) {
        if (state == State.CLOSING) {
            state = State.FINISHED;
            ChannelFuture ignored = ctx().close();
        } else if (state == State.OPEN) {
            finish(code, "");
        }
        tellClosed(code, reason);
    }

    private void violated(WebSocketViolation violation) {
        if (state == State.OPEN) {
            finish(violation.code(), violation.reason());
        } else {
            abort();
        }
        tellClosed(violation.code(), violation.reason());
    }

    /** The listener or this class has a fault: ends the connection, and nothing else. */
    private void failed(Throwable fault) {
        loop.refusals().warn(LOG, "A WebSocket connection is closed after a fault", fault);
        if (state == State.OPEN) {
            finish(CloseCodes.FAULT, "");
            tellClosed(CloseCodes.FAULT, "");
        }
    }

    /** Sends the last frame of this side and waits for the peer to close the connection. */
    private void finish(int code, String reason) {
        state = State.FINISHED;
        heldPong = null;
        parser.close();
        ChannelHandlerContext ctx = ctx();
        expectEnd();
        writer().finish(ServerFrames.close(ctx.alloc(), code, reason.getBytes(StandardCharsets.UTF_8)))
                .addListener(sent -> {
                    if (ctx.channel() instanceof DuplexChannel duplex) {
                        ChannelFuture ignored = duplex.shutdownOutput();
                    }
                });
        ctx.channel().config().setAutoRead(true);
    }

    private void tellClosed(int code, String reason) {
        if (told) {
            return;
        }
        told = true;
        try {
            listener.onClosed(code, reason);
        } catch (RuntimeException | Error e) {
            loop.refusals().warn(LOG, "Handling the end of a WebSocket connection failed", e);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.FINISHED;
        loop.forget(ctx.channel());
        loop.sweep().remove(this);
        parser.close();
        writer().drop();
        ByteBuf waiting = held;
        held = null;
        if (waiting != null) {
            waiting.release();
        }
        tellClosed(CloseCodes.BROKEN, "");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("A WebSocket connection broke", cause);
        } else {
            loop.refusals().warn(LOG, "A WebSocket connection is closed after a fault", cause);
        }
        ChannelFuture ignored = ctx.close();
    }

    @Override
    public long deadlineMillis() {
        return deadline;
    }

    @Override
    public void onDeadline(long nowMillis) {
        var outbound = ctx().channel().unsafe().outboundBuffer();
        int waiting = outbound == null ? 0 : (int) Math.min(Integer.MAX_VALUE, outbound.totalPendingWriteBytes());
        if (waiting > 0 && waiting < waitingAtLastLook && extensionsLeft > 0) {
            waitingAtLastLook = waiting;
            extensionsLeft--;
            deadline = nowMillis + CLOSE_MILLIS;
        } else {
            ChannelFuture ignored = ctx().close();
        }
    }
}
