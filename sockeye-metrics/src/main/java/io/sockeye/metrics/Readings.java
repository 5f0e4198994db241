// SPDX-License-Identifier: Apache-2.0
package io.sockeye.metrics;

import io.sockeye.Sockeye;
import io.sockeye.api.ServerMetrics;
import java.util.concurrent.TimeUnit;

/** The figures of a server, read once for all meters that are asked within a moment. Any thread. */
final class Readings {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Sockeye server;
    private volatile Reading last;

    private record Reading(long nanoTime, ServerMetrics metrics) {}

    Readings(Sockeye server) {
        this.server = server;
        this.last = read();
    }

    private Reading read() {
        return new Reading(System.nanoTime(), server.metrics());
    }

    ServerMetrics latest() {
        Reading reading = last;
        if (System.nanoTime() - reading.nanoTime() > FRESH_NANOS) {
            reading = read();
            last = reading;
        }
        return reading.metrics();
    }

    double value(int index) {
        return latest().all().get(index).value();
    }
}
