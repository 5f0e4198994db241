// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.report;

import io.sockeye.app.bench.report.BenchResult.Second;
import io.sockeye.app.bench.report.BenchResult.ServerUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A result as one page that needs nothing else: figures, charts, tables, in light and dark. */
public final class HtmlReport {
    private static final String STYLE = "report.css";

    private final BenchResult result;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(BenchResult result) {
        this.result = result;
    }

    /** The page. */
    public static String of(BenchResult result) {
        HtmlReport report = new HtmlReport(result);
        report.head();
        report.figures();
        report.charts();
        report.latencies();
        report.seconds();
        return report.html.append("</body>\n</html>\n").toString();
    }

    private void head() {
        String title = "Load test: " + result.mode();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escape(title))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escape(title))
                .append("</h1>\n<p class=\"what\">")
                .append(escape(TableReport.what(result)))
                .append("</p>\n");
        String warning = TableReport.warning(result);
        if (warning != null) {
            html.append("<p class=\"warning\">").append(escape(warning)).append("</p>\n");
        }
    }

    private void figures() {
        html.append("<dl class=\"figures\">\n");
        if (result.operations() > 0) {
            figure("operations a second", format("%,.0f", result.operationsPerSecond()));
        }
        LatencySummary latency = result.latencyMicros();
        if (latency != null) {
            figure("latency, median", TableReport.time(latency.p50()));
            figure("latency, p99", TableReport.time(latency.p99()));
            figure("latency, p99.9", TableReport.time(latency.p999()));
        }
        ServerUse server = result.server();
        if (server != null) {
            if (server.cpuMicrosPerOperation() != null) {
                figure("server CPU an operation", format("%.2f µs", server.cpuMicrosPerOperation()));
            }
            figure("server CPU, of a core", format("%.0f %%", server.cpuShareOfACore() * 100));
            figure("server memory", format("%,.1f MB", server.rssBytesAfter() / 1e6));
        }
        figure("tester's head-room", format("%.0f %%", result.client().headroom() * 100));
        figure("missing", format("%,d", result.missing()));
        figure("errors, disconnects", format("%,d, %,d", result.errors(), result.disconnects()));
        html.append("</dl>\n");
    }

    private void figure(String name, String value) {
        html.append("<div><dt>" + escape(name) + "</dt><dd>" + escape(value) + "</dd></div>\n");
    }

    private void charts() {
        if (result.operations() > 0) {
            html.append(new LineChart("Operations a second", value -> format("%,.0f", value))
                    .line("operations", values(second -> (double) second.operations()))
                    .html());
        }
        html.append(new LineChart("Latency", TableReport::time)
                .line("median", values(Second::p50))
                .line("p99", values(Second::p99))
                .html());
        html.append(new LineChart("Server CPU, share of a core", value -> format("%.0f %%", value * 100))
                .line("CPU", values(Second::cpuShareOfACore))
                .html());
    }

    private List<@Nullable Double> values(Function<Second, @Nullable Double> value) {
        List<@Nullable Double> values = new ArrayList<>();
        result.series().forEach(second -> values.add(value.apply(second)));
        return values;
    }

    private void latencies() {
        html.append("<h2>Latencies</h2>\n<div class=\"wide\"><table>\n");
        row("th", "", "p50", "p90", "p99", "p99.9", "max", "mean");
        latency("operations", result.latencyMicros());
        latency("set-up of connections", result.connectMicros());
        html.append("</table></div>\n");
    }

    private void latency(String name, @Nullable LatencySummary latency) {
        if (latency != null) {
            row(
                    "td",
                    name,
                    TableReport.time(latency.p50()),
                    TableReport.time(latency.p90()),
                    TableReport.time(latency.p99()),
                    TableReport.time(latency.p999()),
                    TableReport.time(latency.max()),
                    TableReport.time(latency.mean()));
        }
    }

    private void seconds() {
        html.append("<h2>By the second</h2>\n<div class=\"wide\"><table>\n");
        row("th", "second", "operations", "p50", "p99", "server CPU");
        for (Second second : result.series()) {
            row(
                    "td",
                    format("%d", second.second()),
                    format("%,d", second.operations()),
                    second.p50() == null ? "" : TableReport.time(second.p50()),
                    second.p99() == null ? "" : TableReport.time(second.p99()),
                    second.cpuShareOfACore() == null ? "" : format("%.0f %%", second.cpuShareOfACore() * 100));
        }
        html.append("</table></div>\n");
    }

    private void row(String cell, String name, String... values) {
        html.append("<tr><th>").append(escape(name)).append("</th>");
        for (String value : values) {
            html.append("<" + cell + ">" + escape(value) + "</" + cell + ">");
        }
        html.append("</tr>\n");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException(STYLE + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
