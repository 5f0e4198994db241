// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.execution;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the threads that user code runs on: virtual ones where the running JDK has them, else a bounded pool. */
public final class HandlerThreads {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerThreads.class);

    private HandlerThreads() {}

    /**
     * A new executor, to be shut down by its owner.
     *
     * @param poolSize the number of threads where there are no virtual ones
     */
    /* The queue of the pool has no bound of its own: a socket has one task in it for its mailbox, however many events wait there,
     * and one for each middleware that decides or answer that came.
     */
    public static ExecutorService create(int poolSize) {
        return virtual().orElseGet(() -> {
            AtomicInteger number = new AtomicInteger();
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    poolSize, poolSize, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                        Thread thread = new Thread(task, "sockeye-handler-" + number.incrementAndGet());
                        thread.setDaemon(true);
                        return thread;
                    });
            pool.allowCoreThreadTimeOut(true);
            return pool;
        });
    }

    /** Looked up at run time, since the baseline is a JDK that does not have them. */
    private static Optional<ExecutorService> virtual() {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            MethodHandle factory = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return Optional.of((ExecutorService) factory.invoke());
        } catch (Throwable e) {
            LOG.warn("virtual threads are not available, a pool is used", e);
            return Optional.empty();
        }
    }
}
