// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.sockeye.app.bench.measure.Meter;
import io.sockeye.app.bench.measure.RunClock;
import io.sockeye.app.bench.measure.ThreadUsage;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An event loop with the sessions on it, its counters and its receive buffer. */
public final class ClientLoop {
    private static final int CONNECT_TIMEOUT_MILLIS = 20_000;
    private static final int SMALL_RECEIVE_BYTES = 16 * 1024;

    private final int index;
    private final EventLoop eventLoop;
    private final Target target;
    private final Credentials credentials;
    private final SessionListener listener;
    private final RunClock clock;
    private final Meter meter = new Meter();
    private final ReceiveBuffer receiveBuffer = new ReceiveBuffer();
    private final Bootstrap bootstrap;
    private final SocketAddress address;
    private long arrivalNanos;

    ClientLoop(int index, EventLoop eventLoop, ChannelFactory<? extends Channel> channels, Wiring wiring) {
        this.index = index;
        this.eventLoop = eventLoop;
        target = wiring.target();
        credentials = wiring.credentials();
        listener = wiring.listener();
        clock = wiring.clock();
        address = new InetSocketAddress(target.host(), target.port());
        bootstrap = new Bootstrap()
                .group(eventLoop)
                .channelFactory(channels)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, receiveBuffer);
    }

    /** What all loops of a run share. */
    record Wiring(Target target, Credentials credentials, SessionListener listener, RunClock clock) {}

    /** Its place among the loops. Any thread. */
    public int index() {
        return index;
    }

    /** Its counters. Event loop only. */
    public Meter meter() {
        return meter;
    }

    /** The time of the run in nanoseconds. Any thread. */
    public long nanos() {
        return clock.nanos();
    }

    /** When the bytes that are being read came, in nanoseconds of the run. Event loop only. */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    void bytesArrived() {
        arrivalNanos = clock.nanos();
    }

    /** What its thread has used so far. Any thread but this loop's. */
    public ThreadUsage usage() throws InterruptedException {
        return call(ThreadUsage::ofThisThread);
    }

    /** Runs something on the loop: now if this is its thread. Any thread. */
    public void execute(Runnable task) {
        if (eventLoop.inEventLoop()) {
            task.run();
        } else {
            eventLoop.execute(task);
        }
    }

    /** Runs something on the loop once all that is queued there has run. Any thread. */
    public void later(Runnable task) {
        eventLoop.execute(task);
    }

    /** Runs something on the loop after a time. Any thread. */
    public void schedule(Runnable task, long nanos) {
        Future<?> unused = eventLoop.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs something on the loop and waits for its answer. Any thread but this loop's. */
    public <T> T call(Callable<T> task) throws InterruptedException {
        try {
            return eventLoop.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Begins a session. What becomes of it is told to the listener. Event loop only.
     *
     * @param small whether its receive buffer in the kernel is small, so that it fills up soon when nobody reads
     * @param dueNanos when it was to begin
     */
    public void open(int number, boolean small, long dueNanos) {
        Session session = new Session(this, number, small, dueNanos);
        if (target.transport() == TransportKind.WEBSOCKET) {
            connect(session, new WebSocketTransport(session, WebSocketStart.FIRST));
        } else {
            new PollingTransport(session, target.transport() == TransportKind.UPGRADE).start();
        }
    }

    Target target() {
        return target;
    }

    Credentials credentials() {
        return credentials;
    }

    SessionListener listener() {
        return listener;
    }

    /** Opens a channel for a session. */
    void connect(Session session, ChannelHandler handler) {
        Bootstrap own = bootstrap.clone().handler(handler);
        if (session.small()) {
            own.option(ChannelOption.SO_RCVBUF, SMALL_RECEIVE_BYTES);
        }
        own.connect(address).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                session.lost(String.valueOf(connected.cause().getMessage()));
            }
        });
    }

    void release() {
        receiveBuffer.release();
    }
}
