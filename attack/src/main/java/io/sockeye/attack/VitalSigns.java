// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/** Counts in the server's own process what is logged and which threads die. Any thread. */
final class VitalSigns {
    private static final int COLLECTIONS = 2;

    private final AtomicLong infos = new AtomicLong();
    private final AtomicLong warnings = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong deadThreads = new AtomicLong();

    private VitalSigns() {}

    /** Begins to count; to be called before the server starts. */
    static VitalSigns watch() {
        VitalSigns signs = new VitalSigns();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
            signs.deadThreads.incrementAndGet();
            System.err.println("thread " + thread.getName() + " died");
            fault.printStackTrace(System.err);
        });
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        AppenderBase<ILoggingEvent> counter = signs.counter();
        counter.setContext(root.getLoggerContext());
        counter.start();
        root.addAppender(counter);
        return signs;
    }

    private AppenderBase<ILoggingEvent> counter() {
        return new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                    errors.incrementAndGet();
                } else if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                    warnings.incrementAndGet();
                } else {
                    infos.incrementAndGet();
                }
            }
        };
    }

    Vitals read() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        long loops = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sockeye-loop"))
                .count();
        return new Vitals(
                heap / 1024, direct / 1024, loops, deadThreads.get(), infos.get(), warnings.get(), errors.get());
    }
}
