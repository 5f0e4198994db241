// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A result as lines of text for a terminal. */
public final class TableReport {
    /** Below this head-room the tester may be the bottleneck. */
    public static final double LITTLE_HEADROOM = 0.2;

    /** Above this share of waiting the tester's own delays show in the latencies. */
    private static final double MUCH_WAITED = 0.1;

    private final StringBuilder text = new StringBuilder();

    private TableReport() {}

    /** The lines. */
    public static String of(BenchResult result) {
        TableReport report = new TableReport();
        report.row("test", what(result));
        report.work(result);
        report.latency("latency", result.latencyMicros());
        report.latency("set-up", result.connectMicros());
        report.server(result);
        report.client(result);
        return report.text.toString();
    }

    /** The warning that goes with a result, or null: the tester may have been the bottleneck. */
    public static @Nullable String warning(BenchResult result) {
        BenchResult.ClientUse client = result.client();
        if (client.headroom() < LITTLE_HEADROOM) {
            return format(
                    "The load tester used %.0f %% of a core in its busiest thread: these figures may be its own limit. "
                            + "Give it more cores and --threads, or less load.",
                    (1 - client.headroom()) * 100);
        }
        if (client.waitedShare() > MUCH_WAITED) {
            return format(
                    "The load tester waited for a processor for %.0f %% of the time: latencies hold its own delays. "
                            + "Give it a core that nothing else uses.",
                    client.waitedShare() * 100);
        }
        return null;
    }

    /** What was tested, in one line. */
    static String what(BenchResult result) {
        String rooms = result.roomSize() == null ? "" : ", rooms of " + result.roomSize();
        String bursts = result.burst() == null ? "" : ", bursts of " + result.burst();
        String pace = result.rateWanted() == null ? "closed loop" : format("open loop at %,.0f/s", result.rateWanted());
        return result.mode()
                + rooms
                + bursts
                + (result.latencyMicros() == null ? "" : ", " + pace)
                + format("; %,d connections", result.connections())
                + (result.publishes() == 0 ? "" : format(", %,d B", result.payloadBytes()))
                + "; " + result.transport() + ", " + result.format() + "; " + result.url();
    }

    private void work(BenchResult result) {
        if (result.latencyMicros() != null || result.operations() > 0) {
            row(
                    "operations",
                    format(
                            "%,d in %.1f s: %,.0f/s (%,d sent)",
                            result.operations(), result.seconds(), result.operationsPerSecond(), result.publishes()));
        }
        row(
                "failures",
                format(
                        "%,d missing, %,d errors, %,d disconnects",
                        result.missing(), result.errors(), result.disconnects()));
        BenchResult.Stalled stalled = result.stalled();
        if (stalled != null) {
            row(
                    "stalled",
                    format("%,d, of which the server disconnected %,d", stalled.connections(), stalled.disconnected()));
        }
    }

    private void latency(String name, @Nullable LatencySummary latency) {
        if (latency == null) {
            return;
        }
        row(
                name,
                format(
                        "p50 %s  p90 %s  p99 %s  p99.9 %s  max %s",
                        time(latency.p50()),
                        time(latency.p90()),
                        time(latency.p99()),
                        time(latency.p999()),
                        time(latency.max())));
    }

    private void server(BenchResult result) {
        BenchResult.ServerUse server = result.server();
        if (server == null) {
            return;
        }
        row(
                "server CPU",
                format("%.1f %% of a core", server.cpuShareOfACore() * 100) + each(server.cpuMicrosPerOperation()));
        String each = format(": %,.2f KB a connection", server.rssBytesPerConnection() / 1024);
        row(
                "server RSS",
                format("%,.1f MB, before %,.1f MB", server.rssBytesAfter() / 1e6, server.rssBytesBefore() / 1e6)
                        + (result.latencyMicros() == null ? each : ""));
    }

    private void client(BenchResult result) {
        BenchResult.ClientUse client = result.client();
        row(
                "tester CPU",
                format("%.1f %% of a core", client.cpuShareOfACore() * 100)
                        + each(client.cpuMicrosPerOperation())
                        + format(
                                "; head-room %.0f %%, waited %.0f %%",
                                client.headroom() * 100, client.waitedShare() * 100));
    }

    private static String each(@Nullable Double micros) {
        return micros == null ? "" : format(", %.2f µs an operation", micros);
    }

    /** A time with three significant digits. */
    static String time(double micros) {
        if (micros < 1_000) {
            return format("%.0f µs", micros);
        }
        return micros < 1_000_000 ? threeDigits(micros / 1_000) + " ms" : threeDigits(micros / 1_000_000) + " s";
    }

    private static String threeDigits(double value) {
        return format(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    private void row(String name, String value) {
        text.append(format("%-11s %s%n", name, value));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
