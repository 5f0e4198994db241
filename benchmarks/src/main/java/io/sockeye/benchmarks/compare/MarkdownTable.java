// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/** A table with a header row. One thread only. */
final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();
    private final int columns;

    MarkdownTable(List<String> header) {
        columns = header.size();
        add(header);
        lines.add("|" + "---|".repeat(columns));
    }

    MarkdownTable add(List<String> row) {
        if (row.size() != columns) {
            throw new IllegalArgumentException("expected " + columns + " cells, got " + row);
        }
        lines.add("| " + String.join(" | ", row) + " |");
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
