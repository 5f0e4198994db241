// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as text. Stateless. */
final class ResultTable {
    private static final String BEGIN = "<!-- written by ./dev attack: begin -->\n";
    private static final String END = "<!-- written by ./dev attack: end -->";
    private static final String HEAD = """
            | attack | what the attacker got | bystanders: p99, longest | peak memory | lines logged |
            |---|---|---|---|---|
            """;

    private ResultTable() {}

    static String line(Result result) {
        return "%-45s %3d s  p50 %s p99 %s max %s of %d  %d MiB  %d lines  %s%s"
                .formatted(
                        result.attack(),
                        result.time().toSeconds(),
                        millis(result.bystanders().median()),
                        millis(result.bystanders().high()),
                        millis(result.bystanders().longest()),
                        result.bystanders().count(),
                        result.peakMib(),
                        result.logged(),
                        result.got(),
                        result.faults().isEmpty() ? "" : "  FAULT: " + String.join("; ", result.faults()));
    }

    /** Puts the table between the marks of a page. */
    static void write(Path page, List<Result> results) throws IOException {
        Files.writeString(page, rewritten(Files.readString(page), table(results)));
    }

    static String rewritten(String page, String table) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("expected a page with the lines " + BEGIN + "and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + page.substring(end);
    }

    private static String table(List<Result> results) {
        return results.stream().map(ResultTable::row).collect(Collectors.joining("", HEAD, ""));
    }

    private static String row(Result result) {
        String faults = result.faults().isEmpty() ? "" : "; **" + String.join("; ", result.faults()) + "**";
        return "| %s | %s%s | %s, %s | %d MiB | %d |%n"
                .formatted(
                        result.attack(),
                        result.got(),
                        faults,
                        millis(result.bystanders().high()),
                        millis(result.bystanders().longest()),
                        result.peakMib(),
                        result.logged())
                .replace(System.lineSeparator(), "\n");
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, time.toMillis() < 10 ? "%.1f ms" : "%.0f ms", time.toNanos() / 1e6);
    }
}
