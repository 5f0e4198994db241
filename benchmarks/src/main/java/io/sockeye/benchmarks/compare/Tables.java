// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import io.sockeye.benchmarks.compare.Results.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The results as Markdown. */
record Tables(Results results) {
    private static final Samples NONE = new Samples(Map.of());

    /** The medians with their spread. */
    String figures() {
        return table(
                results.rows(),
                true,
                row -> samples -> Cell.of(samples, row.metric().decimals()));
    }

    /** The figures of all servers as multiples of the first one's. */
    String ratios() {
        String first = results.contestants().get(0).name();
        return table(results.rows(), false, row -> {
            Samples base = row.samples().getOrDefault(first, NONE);
            return samples -> samples.equals(base) && !base.isEmpty() ? "1" : Cell.of(samples.over(base), 2);
        });
    }

    String loads() {
        return medians(results.loads());
    }

    String headrooms() {
        return medians(results.headrooms());
    }

    private String medians(List<Row> rows) {
        return table(
                rows, false, row -> samples -> samples.isEmpty() ? Cell.MISSING : Cell.number(samples.median(), 0));
    }

    private String table(List<Row> rows, boolean units, Function<Row, Function<Samples, String>> cells) {
        List<String> header = new ArrayList<>(List.of(""));
        if (units) {
            header.add("unit");
        }
        results.contestants().forEach(contestant -> header.add(contestant.title()));
        MarkdownTable table = new MarkdownTable(header);
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(row.title()));
            if (units) {
                line.add(row.metric().unit());
            }
            Function<Samples, String> cell = cells.apply(row);
            results.contestants()
                    .forEach(contestant -> line.add(cell.apply(row.samples().getOrDefault(contestant.name(), NONE))));
            table.add(line);
        }
        return table.toString();
    }
}
