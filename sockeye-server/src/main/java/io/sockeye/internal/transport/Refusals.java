// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.RefusalReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Counts what the server refused, and logs what clients cause, up to a number of lines a second and level: whoever wants to fill the
 * log gets a line that says how many there were, and hides no warning. Any thread.
 */
public final class Refusals {
    private static final int LINES_PER_SECOND = 20;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Map<RefusalReason, LongAdder> counts = new EnumMap<>(RefusalReason.class);
    private final LongSupplier nanoClock;
    private final long start;

    /* The second in the upper half, the lines asked for in it in the lower. */
    private final AtomicLong infos = new AtomicLong();
    private final AtomicLong warnings = new AtomicLong();

    /** @param nanoClock such as {@code System::nanoTime} */
    public Refusals(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
        for (RefusalReason reason : RefusalReason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    /** Counts on the clock of the machine. */
    public Refusals() {
        this(System::nanoTime);
    }

    /** Counts one. */
    public void count(RefusalReason reason) {
        LongAdder adder = counts.get(reason);
        if (adder != null) {
            adder.increment();
        }
    }

    /** How often each reason was counted. */
    public Map<RefusalReason, Long> counts() {
        Map<RefusalReason, Long> snapshot = new EnumMap<>(RefusalReason.class);
        counts.forEach((reason, adder) -> snapshot.put(reason, adder.sum()));
        return snapshot;
    }

    /** Logs at info, unless the second has had its lines. */
    public void log(Logger logger, String format, @Nullable Object... arguments) {
        if (logger.isInfoEnabled() && mayLog(logger, infos)) {
            logger.info(format, arguments);
        }
    }

    /** Logs at warn, unless the second has had its lines. */
    public void warn(Logger logger, String format, @Nullable Object... arguments) {
        if (logger.isWarnEnabled() && mayLog(logger, warnings)) {
            logger.warn(format, arguments);
        }
    }

    private boolean mayLog(Logger logger, AtomicLong window) {
        long second = (nanoClock.getAsLong() - start) / NANOS_PER_SECOND;
        while (true) {
            long seen = window.get();
            long lines = seen & 0xffff_ffffL;
            boolean same = (seen >>> 32) == second;
            long next = (second << 32) | (same ? Math.min(lines + 1, 0xffff_ffffL) : 1);
            if (window.compareAndSet(seen, next)) {
                if (!same && lines > LINES_PER_SECOND) {
                    logger.info("{} more lines like the last ones were suppressed", lines - LINES_PER_SECOND);
                }
                return !same || lines < LINES_PER_SECOND;
            }
        }
    }
}
