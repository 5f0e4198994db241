// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.RateLimits;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.limits.LimitCounters;
import io.sockeye.internal.limits.PublisherGates;
import io.sockeye.internal.limits.RateGuard;
import io.sockeye.internal.transport.Failures;
import io.sockeye.internal.transport.Loop;
import io.sockeye.spi.AdapterFactory;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What all namespaces of a server share.
 *
 * @param loops the event loops, by index
 * @param executor runs user code
 * @param mailbox what may wait of the events of one socket before its connection is no longer read
 * @param answerTimeout milliseconds after which a request without an answer is logged and answered as failed
 * @param formats how packets may be written
 * @param adapters makes the adapter of each namespace
 * @param recovery how connections are recovered, or null if they are not
 * @param rates the rate limits
 * @param gates where publishers wait for clients that are behind
 * @param bounds what one socket may hold
 * @param backlog what waits for the loops
 * @param locks those of all sockets
 * @param failures logs what user code throws
 */
public record CoreSettings(
        List<Loop> loops,
        Executor executor,
        SerialQueue.Bounds mailbox,
        long answerTimeout,
        WireFormats formats,
        AdapterFactory adapters,
        @Nullable RecoverySettings recovery,
        RateGuard rates,
        PublisherGates gates,
        CoreBounds bounds,
        LoopBacklog backlog,
        SocketLocks locks,
        Failures failures) {
    /** What may be broadcast and wait for one loop. */
    private static final long BACKLOG_BYTES = 64L * 1024 * 1024;

    public CoreSettings(
            List<Loop> loops,
            Executor executor,
            SerialQueue.Bounds mailbox,
            long answerTimeout,
            WireFormats formats,
            AdapterFactory adapters,
            @Nullable RecoverySettings recovery,
            RateGuard rates,
            PublisherGates gates,
            CoreBounds bounds) {
        this(
                loops,
                executor,
                mailbox,
                answerTimeout,
                formats,
                adapters,
                recovery,
                rates,
                gates,
                bounds,
                new LoopBacklog(loops, BACKLOG_BYTES, gates, rates.counters()),
                new SocketLocks(),
                new Failures());
    }

    /** Settings with the default limits. */
    public CoreSettings(
            List<Loop> loops,
            Executor executor,
            SerialQueue.Bounds mailbox,
            long answerTimeout,
            WireFormats formats,
            AdapterFactory adapters,
            @Nullable RecoverySettings recovery) {
        this(
                loops,
                executor,
                mailbox,
                answerTimeout,
                formats,
                adapters,
                recovery,
                new RateGuard(RateLimits.builder().build(), loops.get(0), System::nanoTime, new LimitCounters()),
                new PublisherGates(loops.get(0)::inLoop, BACKLOG_BYTES, new LimitCounters(), false),
                CoreBounds.DEFAULTS);
    }
}
