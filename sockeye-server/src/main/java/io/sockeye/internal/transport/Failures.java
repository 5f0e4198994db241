// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs what the user's code throws, up to a number of traces a second: a client that makes a handler fail does not fill the log. What
 * comes beyond that is counted, and told in one line. Any thread.
 */
/* The first failure of each place is logged whatever came before it, so that a flood hides no other fault. A place is a kind of exception
 * and the line that threw it, or called what threw it in the JDK. The places that are remembered are bounded; those beyond share the lines of the second with all others.
 */
public final class Failures {
    private static final int TRACES_PER_SECOND = 5;
    private static final int MOST_PLACES = 256;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final LongSupplier nanoClock;
    private final long start;
    private final Set<String> places = ConcurrentHashMap.newKeySet();

    /* The second in the upper half, the failures in it in the lower. */
    private final AtomicLong window = new AtomicLong();

    /** @param nanoClock such as {@code System::nanoTime} */
    public Failures(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
    }

    /** Counts on the clock of the machine. */
    public Failures() {
        this(System::nanoTime);
    }

    /**
     * Logs at warn, unless the second has had its traces and the place is known.
     *
     * @param arguments those of the format, and behind them the exception, if there is one
     */
    public void warn(Logger logger, String format, @Nullable Object... arguments) {
        if (logger.isWarnEnabled() && (isNew(format, arguments) || mayLog(logger))) {
            logger.warn(format, arguments);
        }
    }

    private boolean isNew(String format, @Nullable Object... arguments) {
        return places.size() < MOST_PLACES && places.add(place(format, arguments));
    }

    private static String place(String format, @Nullable Object... arguments) {
        if (arguments.length == 0 || !(arguments[arguments.length - 1] instanceof Throwable failure)) {
            return format;
        }
        return format + failure.getClass().getName() + line(failure.getStackTrace());
    }

    /** The innermost line that is not of the JDK, where all numbers that cannot be parsed would be one place. */
    private static String line(StackTraceElement[] trace) {
        for (StackTraceElement frame : trace) {
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                return frame.toString();
            }
        }
        return "";
    }

    private boolean mayLog(Logger logger) {
        long second = (nanoClock.getAsLong() - start) / NANOS_PER_SECOND;
        while (true) {
            long seen = window.get();
            long failures = seen & 0xffff_ffffL;
            boolean same = (seen >>> 32) == second;
            long next = (second << 32) | (same ? Math.min(failures + 1, 0xffff_ffffL) : 1);
            if (window.compareAndSet(seen, next)) {
                tell(logger, same, failures);
                return !same || failures < TRACES_PER_SECOND;
            }
        }
    }

    private static void tell(Logger logger, boolean same, long failures) {
        if (same && failures == TRACES_PER_SECOND) {
            logger.warn("further failures of this second are only counted");
        } else if (!same && failures > TRACES_PER_SECOND) {
            logger.warn("{} more failures were only counted", failures - TRACES_PER_SECOND);
        }
    }
}
