// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.LoopCounters;
import io.sockeye.internal.transport.Refusals;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop on one Netty event loop, with what all connections of that loop share. {@link #execute} and {@link #schedule}
 * are for any thread, all else is for the loop only.
 *
 * <p>The end of a turn has two steps: first the tasks that asked for it run, which is where queues are drained; then the
 * connections that were written to are flushed, so that all that a turn wrote to one of them leaves in one system call.
 */
final class NettyLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(NettyLoop.class);

    private final int index;
    private final EventLoop eventLoop;
    private final LoopCounters counters = new LoopCounters();
    private final Runnable endOfTurn = this::endOfTurn;
    private final Runnable armEndOfTurn = this::armEndOfTurn;

    /* Loop only. */
    private final ArrayDeque<Runnable> endOfTurnTasks = new ArrayDeque<>();
    private final LoopFlusher flusher = new LoopFlusher();
    private final FrameSequences sequences = new FrameSequences();
    private final SharedFrames sharedFrames = new SharedFrames();
    private final MessageCodec codec = new MessageCodec();
    private final LoopSweep sweep = new LoopSweep(this);
    private final PendingConnections pending;
    private final Refusals refusals;
    private final DateHeader date = new DateHeader();
    private final Set<Channel> channels = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean armed;
    private boolean closing;

    /**
     * @param maxPending the most connections that may wait for their first request
     * @param refusals logs what clients cause
     */
    NettyLoop(int index, EventLoop eventLoop, int maxPending, Refusals refusals) {
        this.index = index;
        this.eventLoop = eventLoop;
        this.pending = new PendingConnections(maxPending);
        this.refusals = refusals;
        eventLoop.terminationFuture().addListener(ended -> codec.close());
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public LoopCounters counters() {
        return counters;
    }

    @Override
    public int pendingTasks() {
        return eventLoop instanceof SingleThreadEventLoop loop ? loop.pendingTasks() : 0;
    }

    @Override
    public void execute(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Event loop {} has ended; a task is lost", index, e);
        }
    }

    @Override
    public void schedule(Runnable task, long delayMillis) {
        try {
            Future<?> ignored = eventLoop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Event loop {} has ended; a scheduled task is lost", index, e);
        }
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        assertInLoop();
        endOfTurnTasks.add(task);
        armEndOfTurn();
    }

    /** Flushes a connection at the end of this turn. */
    void flushAtEndOfTurn(LoopFlusher.Target target) {
        flusher.add(target);
        armEndOfTurn();
    }

    FrameSequences sequences() {
        return sequences;
    }

    SharedFrames sharedFrames() {
        return sharedFrames;
    }

    /** What compresses and inflates messages. */
    MessageCodec codec() {
        return codec;
    }

    LoopSweep sweep() {
        return sweep;
    }

    PendingConnections pending() {
        return pending;
    }

    /** Logs what clients cause. */
    Refusals refusals() {
        return refusals;
    }

    DateHeader date() {
        return date;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** A connection lives on this loop from now on. */
    void adopt(Channel channel) {
        if (closing) {
            ChannelFuture ignored = channel.close();
        } else {
            channels.add(channel);
        }
    }

    /** A connection has ended or moves away. */
    void forget(Channel channel) {
        channels.remove(channel);
    }

    /** Closes all connections, also those that come later. */
    void closeConnections() {
        closing = true;
        for (Channel channel : channels.toArray(Channel[]::new)) {
            ChannelFuture ignored = channel.close();
        }
    }

    private void armEndOfTurn() {
        if (armed) {
            return;
        }
        armed = true;
        if (eventLoop instanceof SingleThreadEventLoop loop) {
            loop.executeAfterEventLoopIteration(endOfTurn);
        } else {
            execute(endOfTurn);
        }
    }

    private void endOfTurn() {
        Runnable task;
        while ((task = endOfTurnTasks.poll()) != null) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.warn("A task at the end of a turn of event loop {} failed", index, e);
            }
        }
        try {
            flusher.flush();
        } finally {
            sequences.release();
            sharedFrames.release();
            codec.trim();
            armed = false;
        }
        if (!flusher.isEmpty() || !endOfTurnTasks.isEmpty()) {
            // A flush made room and somebody wrote again: let the other connections have their turn first.
            execute(armEndOfTurn);
        }
    }
}
