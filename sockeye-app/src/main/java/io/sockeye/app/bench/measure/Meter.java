// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one event loop counts. Event loop only. Latencies are recorded for operations that were due within the measured
 * phase, whenever they are answered; operations are counted when they are answered.
 */
public final class Meter {
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(10);

    private long operations;
    private long publishes;
    private long expected;
    private long received;
    private long errors;
    private long disconnects;
    private long measuredFrom = Long.MAX_VALUE;
    private long measuredUntil = Long.MAX_VALUE;
    private Histogram latencies = newHistogram();
    private final Histogram connects = newHistogram();

    /** Counters at one moment. */
    public record Counts(long operations, long publishes, long expected, long received, long errors, long disconnects) {
        /** No counts. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        /** The sum. */
        public Counts plus(Counts other) {
            return new Counts(
                    operations + other.operations,
                    publishes + other.publishes,
                    expected + other.expected,
                    received + other.received,
                    errors + other.errors,
                    disconnects + other.disconnects);
        }

        /** What came since earlier counts. */
        public Counts minus(Counts earlier) {
            return new Counts(
                    operations - earlier.operations,
                    publishes - earlier.publishes,
                    expected - earlier.expected,
                    received - earlier.received,
                    errors - earlier.errors,
                    disconnects - earlier.disconnects);
        }

        /** What should have come and has not. */
        public long missing() {
            return expected - received;
        }
    }

    /** A histogram of nanoseconds. */
    public static Histogram newHistogram() {
        return new Histogram(1_000, MAX_NANOS, 3);
    }

    /** Counts an operation that is complete. */
    public void operation(long dueNanos, long nowNanos) {
        operations++;
        received++;
        if (dueNanos >= measuredFrom && dueNanos < measuredUntil) {
            latencies.recordValue(Math.min(Math.max(nowNanos - dueNanos, 0), MAX_NANOS));
        }
    }

    /** Counts something sent, for which so many answers are to come. */
    public void sent(int messages, int answers) {
        publishes += messages;
        expected += answers;
    }

    /** Counts a connection that was set up. */
    public void connection(long nanos) {
        connects.recordValue(Math.min(Math.max(nanos, 0), MAX_NANOS));
    }

    /** Counts a failure that is no answer. */
    public void error() {
        errors++;
    }

    /** Counts a failure in place of an answer. */
    public void failed() {
        errors++;
        received++;
    }

    /** Counts a connection that was lost. */
    public void disconnect() {
        disconnects++;
    }

    /** Begins the measured phase. */
    public Counts begin(long nowNanos) {
        measuredFrom = nowNanos;
        return counts();
    }

    /** Ends the measured phase. */
    public Counts end(long nowNanos) {
        measuredUntil = nowNanos;
        return counts();
    }

    /** The counters now. */
    public Counts counts() {
        return new Counts(operations, publishes, expected, received, errors, disconnects);
    }

    /** Takes the latencies recorded since the last time, giving an empty histogram for the next. */
    public Histogram exchange(Histogram empty) {
        Histogram full = latencies;
        latencies = empty;
        return full;
    }

    /** Forgets the connections that were set up before. */
    public void forgetConnections() {
        connects.reset();
    }

    /** How long the set-up of connections took. */
    public Histogram connects() {
        return connects.copy();
    }
}
