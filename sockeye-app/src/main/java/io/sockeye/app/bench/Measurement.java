// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.ClientLoop;
import io.sockeye.app.bench.client.ClientLoops;
import io.sockeye.app.bench.measure.Meter;
import io.sockeye.app.bench.measure.Meter.Counts;
import io.sockeye.app.bench.measure.ProcessUsage;
import io.sockeye.app.bench.measure.ThreadUsage;
import io.sockeye.app.bench.report.BenchResult.ClientUse;
import io.sockeye.app.bench.report.BenchResult.Second;
import io.sockeye.app.bench.report.BenchResult.ServerUse;
import io.sockeye.app.bench.report.LatencySummary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The measured phase: what was counted and used between its begin and its end. One thread. */
final class Measurement {
    private final ClientLoops loops;
    private final OptionalLong serverPid;
    private final Histogram latencies = Meter.newHistogram();
    private final List<Second> series = new ArrayList<>();
    private Histogram spare = Meter.newHistogram();
    private Counts begun = Counts.NONE;
    private Counts ended = Counts.NONE;
    private Counts lastSecond = Counts.NONE;
    private Moment begin;
    private Moment end;
    private Moment last;

    /** The processor time used up to one moment. */
    private record Moment(long nanos, @Nullable ProcessUsage server, long clientCpuNanos, List<ThreadUsage> loops) {}

    Measurement(ClientLoops loops, OptionalLong serverPid) throws InterruptedException {
        this.loops = loops;
        this.serverPid = serverPid;
        begin = moment();
        end = begin;
        last = begin;
    }

    /** What the server has used so far, or null if its process is not known. */
    static @Nullable ProcessUsage serverUsage(OptionalLong pid) {
        if (pid.isEmpty()) {
            return null;
        }
        try {
            return ProcessUsage.read(pid.getAsLong());
        } catch (IOException e) {
            throw new BenchFailed("Process " + pid.getAsLong() + " cannot be read from /proc: " + e.getMessage());
        }
    }

    /** Begins the phase. */
    void begin(boolean connectsCount) throws InterruptedException {
        begun = sum(loop -> {
            if (connectsCount) {
                loop.meter().forgetConnections();
            }
            return loop.meter().begin(loop.nanos());
        });
        lastSecond = begun;
        begin = moment();
        last = begin;
    }

    /** Ends a second of the phase. */
    Second second() throws InterruptedException {
        Moment now = moment();
        Counts counts = sum(loop -> loop.meter().counts());
        Histogram fresh = collect();
        double nanos = now.nanos() - last.nanos();
        ProcessUsage server = now.server();
        ProcessUsage before = last.server();
        Double share = server == null || before == null
                ? null
                : rounded((server.cpuMicros() - before.cpuMicros()) * 1e3 / nanos, 1e4);
        boolean any = fresh.getTotalCount() > 0;
        Second second = new Second(
                series.size() + 1,
                counts.operations() - lastSecond.operations(),
                any ? LatencySummary.percentile(fresh, 50) : null,
                any ? LatencySummary.percentile(fresh, 99) : null,
                share);
        series.add(second);
        lastSecond = counts;
        last = now;
        return second;
    }

    /** Ends the phase. */
    void end() throws InterruptedException {
        end = moment();
        ended = sum(loop -> loop.meter().end(loop.nanos()));
    }

    /** Takes up latencies of what was answered after the end. */
    void drained() throws InterruptedException {
        collect();
    }

    /** The counters now, of the whole run. */
    Counts total() throws InterruptedException {
        return sum(loop -> loop.meter().counts());
    }

    Counts counted() {
        return ended.minus(begun);
    }

    double seconds() {
        return rounded((end.nanos() - begin.nanos()) / 1e9, 1e3);
    }

    List<Second> series() {
        return List.copyOf(series);
    }

    @Nullable
    LatencySummary latency() {
        return LatencySummary.of(latencies);
    }

    @Nullable
    LatencySummary connects() throws InterruptedException {
        Histogram all = Meter.newHistogram();
        for (ClientLoop loop : loops.all()) {
            all.add(loop.call(() -> loop.meter().connects()));
        }
        return LatencySummary.of(all);
    }

    /**
     * What the server used.
     *
     * @param beforeConnecting its usage then
     * @param idle whether its memory is that at the begin, not at the end
     */
    @Nullable
    ServerUse server(@Nullable ProcessUsage beforeConnecting, boolean idle, int connections) {
        ProcessUsage from = begin.server();
        ProcessUsage until = end.server();
        if (from == null || until == null || beforeConnecting == null) {
            return null;
        }
        long rss = idle ? from.rssBytes() : until.rssBytes();
        long cpu = until.cpuMicros() - from.cpuMicros();
        return new ServerUse(
                serverPid.getAsLong(),
                cpu,
                each(cpu),
                until.userMicros() - from.userMicros(),
                until.systemMicros() - from.systemMicros(),
                rounded(cpu * 1e3 / (end.nanos() - begin.nanos()), 1e4),
                beforeConnecting.rssBytes(),
                rss,
                rounded((double) (rss - beforeConnecting.rssBytes()) / connections, 10));
    }

    ClientUse client() {
        double nanos = end.nanos() - begin.nanos();
        long cpuNanos = end.clientCpuNanos() - begin.clientCpuNanos();
        double busiest = most(ThreadUsage::cpuNanos) / nanos;
        return new ClientUse(
                cpuNanos / 1_000,
                each(cpuNanos / 1_000),
                rounded(cpuNanos / nanos, 1e4),
                rounded(Math.min(Math.max(1 - busiest, 0), 1), 1e4),
                rounded(most(ThreadUsage::waitedNanos) / nanos, 1e4));
    }

    /** The most that one loop used in the phase. */
    private double most(ToLongFunction<ThreadUsage> value) {
        long most = 0;
        for (int i = 0; i < begin.loops().size(); i++) {
            most = Math.max(
                    most,
                    value.applyAsLong(end.loops().get(i))
                            - value.applyAsLong(begin.loops().get(i)));
        }
        return most;
    }

    private @Nullable Double each(long cpuMicros) {
        long operations = counted().operations();
        return operations == 0 ? null : rounded((double) cpuMicros / operations, 1e3);
    }

    /** Adds the latencies since the last time to all, and gives them until the next time. */
    private Histogram collect() throws InterruptedException {
        Histogram fresh = Meter.newHistogram();
        for (ClientLoop loop : loops.all()) {
            Histogram empty = spare;
            Histogram full = loop.call(() -> loop.meter().exchange(empty));
            fresh.add(full);
            full.reset();
            spare = full;
        }
        latencies.add(fresh);
        return fresh;
    }

    private Counts sum(Function<ClientLoop, Counts> counts) throws InterruptedException {
        Counts sum = Counts.NONE;
        for (ClientLoop loop : loops.all()) {
            sum = sum.plus(loop.call(() -> counts.apply(loop)));
        }
        return sum;
    }

    private Moment moment() throws InterruptedException {
        List<ThreadUsage> usages = new ArrayList<>();
        for (ClientLoop loop : loops.all()) {
            usages.add(loop.usage());
        }
        return new Moment(System.nanoTime(), serverUsage(serverPid), processCpuNanos(), usages);
    }

    private static long processCpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static double rounded(double value, double digits) {
        return Math.round(value * digits) / digits;
    }
}
