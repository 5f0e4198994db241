// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.event.Args;
import io.sockeye.spi.EventObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a handler in view of an observer. Any thread. */
record ObservedEvents(EventObserver observer, EventBinding.Call call) implements EventBinding.Call {
    private static final Logger LOG = LoggerFactory.getLogger(ObservedEvents.class);

    @Override
    public void handle(SocketImpl socket, Args args, Reply reply) throws Exception {
        Object begun = began(socket);
        Throwable failure = null;
        long start = System.nanoTime();
        try {
            call.handle(socket, args, reply);
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            ended(begun, System.nanoTime() - start, failure);
        }
    }

    private @Nullable Object began(SocketImpl socket) {
        try {
            return observer.began(socket);
        } catch (RuntimeException | Error e) {
            LOG.warn("an observer of events failed for {}", socket, e);
            return null;
        }
    }

    private void ended(@Nullable Object begun, long nanos, @Nullable Throwable failure) {
        try {
            observer.ended(begun, nanos, failure);
        } catch (RuntimeException | Error e) {
            LOG.warn("an observer of events failed", e);
        }
    }
}
