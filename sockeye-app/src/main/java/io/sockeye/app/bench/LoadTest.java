// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.ClientLoops;
import io.sockeye.app.bench.measure.Meter.Counts;
import io.sockeye.app.bench.measure.ProcessUsage;
import io.sockeye.app.bench.measure.RunClock;
import io.sockeye.app.bench.report.BenchResult;
import io.sockeye.app.bench.report.BenchResult.Second;
import io.sockeye.app.bench.report.BenchResult.Stalled;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run: set-up, warm-up, the measured phase, and a wait for what is still to come. */
final class LoadTest {
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long SETTLE_MILLIS = 3_000;
    private static final long POLL_MILLIS = 20;

    private final BenchSettings settings;
    private final Progress progress;

    LoadTest(BenchSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Runs the test.
     *
     * @throws BenchFailed if it could not measure
     */
    BenchResult run() throws InterruptedException {
        ProcessUsage before = Measurement.serverUsage(settings.serverPid());
        Scenario scenario = scenario();
        try (ClientLoops loops = new ClientLoops(
                settings.threads(), settings.target(), settings.credentials(), scenario.listener(), new RunClock())) {
            scenario.prepare(loops, progress);
            if (settings.mode() == Mode.IDLE) {
                progress.line("all connected; letting them settle");
                Thread.sleep(SETTLE_MILLIS);
            }
            Measurement measurement = new Measurement(loops, settings.serverPid());
            measure(scenario, measurement);
            return result(scenario, measurement, before);
        }
    }

    private Scenario scenario() {
        return switch (settings.mode()) {
            case IDLE -> new IdleScenario(settings);
            case ECHO -> new EchoScenario(settings);
            case STORM -> new StormScenario(settings);
            case BROADCAST, ROOMS, BURSTS, SLOW -> new PublishScenario(settings);
        };
    }

    private void measure(Scenario scenario, Measurement measurement) throws InterruptedException {
        scenario.start();
        run(scenario, measurement, settings.pace().warmup().toMillis(), false);
        measurement.begin(settings.mode() == Mode.STORM);
        run(scenario, measurement, settings.pace().duration().toMillis(), true);
        measurement.end();
        scenario.stop();
        drain(measurement);
        measurement.drained();
    }

    /** Lets the traffic run for a time, with a line for each second. */
    private void run(Scenario scenario, Measurement measurement, long millis, boolean measured)
            throws InterruptedException {
        long start = System.nanoTime();
        for (long done = 0; done < millis; ) {
            done = Math.min(done + 1_000, millis);
            long left = start + TimeUnit.MILLISECONDS.toNanos(done) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(left);
            scenario.check();
            if (measured) {
                show(measurement.second());
            } else {
                progress.line("warming up, " + done / 1_000 + " s");
            }
        }
    }

    private void show(Second second) {
        String latency = second.p50() == null || second.p99() == null
                ? ""
                : String.format(Locale.ROOT, ", p50 %.0f µs, p99 %.0f µs", second.p50(), second.p99());
        String server = second.cpuShareOfACore() == null
                ? ""
                : String.format(Locale.ROOT, ", server %.0f %%", second.cpuShareOfACore() * 100);
        progress.line(String.format(Locale.ROOT, "%d s: %,d operations", second.second(), second.operations())
                + latency
                + server);
    }

    private static void drain(Measurement measurement) throws InterruptedException {
        long start = System.nanoTime();
        long changed = start;
        long missing = Long.MAX_VALUE;
        while (missing > 0) {
            long now = System.nanoTime();
            long left = measurement.total().missing();
            if (left != missing) {
                missing = left;
                changed = now;
            }
            if (now - start > DRAIN_NANOS || now - changed > QUIET_NANOS) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private BenchResult result(Scenario scenario, Measurement measurement, @Nullable ProcessUsage before)
            throws InterruptedException {
        Counts total = measurement.total();
        Counts counted = measurement.counted();
        BenchSettings.Load load = settings.load();
        Mode mode = settings.mode();
        boolean open = settings.pace().rate().isPresent();
        return new BenchResult(
                mode.toString(),
                settings.url(),
                settings.target().transport().name().toLowerCase(Locale.ROOT),
                settings.formatName(),
                load.connections(),
                load.payloadBytes(),
                mode == Mode.ROOMS ? load.roomSize() : null,
                mode == Mode.BURSTS ? load.burst() : null,
                open ? "open" : "closed",
                open ? settings.pace().rate().getAsDouble() : null,
                measurement.seconds(),
                counted.operations(),
                counted.publishes(),
                Math.round(counted.operations() / measurement.seconds() * 10) / 10.0,
                measurement.latency(),
                measurement.connects(),
                measurement.server(before, mode == Mode.IDLE, load.connections()),
                measurement.client(),
                total.missing(),
                total.errors(),
                total.disconnects(),
                mode == Mode.SLOW ? new Stalled(settings.stalled(), scenario.stalledLost()) : null,
                measurement.series());
    }
}
