// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.internal.execution.SerialQueue;
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
 * @param locks those of all sockets
 */
public record CoreSettings(
        List<Loop> loops,
        Executor executor,
        SerialQueue.Bounds mailbox,
        long answerTimeout,
        WireFormats formats,
        AdapterFactory adapters,
        @Nullable RecoverySettings recovery,
        SocketLocks locks) {
    public CoreSettings(
            List<Loop> loops,
            Executor executor,
            SerialQueue.Bounds mailbox,
            long answerTimeout,
            WireFormats formats,
            AdapterFactory adapters,
            @Nullable RecoverySettings recovery) {
        this(loops, executor, mailbox, answerTimeout, formats, adapters, recovery, new SocketLocks());
    }
}
