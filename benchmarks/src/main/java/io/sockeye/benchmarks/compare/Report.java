// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import io.sockeye.benchmarks.compare.Results.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A comparison with all that one must know to take it again.
 *
 * @param command as it was typed
 * @param javaOptions of the servers
 * @param notes what was left out, and why
 */
record Report(
        Results results,
        Machine machine,
        LocalDate date,
        String command,
        List<String> javaOptions,
        Cores cores,
        List<String> notes) {

    /** What goes between the markers of the page. */
    String markdown() {
        Tables tables = new Tables(results);
        Samples calibrations = calibrations();
        StringBuilder text = new StringBuilder();
        text.append("Taken on ").append(date).append(" with `").append(command).append("`.\n");
        text.append(machine).append("; `").append(String.join(" ", javaOptions)).append("`.\n");
        text.append(cores.pinned() ? "Server on core 0, load tester on core 1.\n" : "Nothing was pinned to a core.\n");
        text.append("Calibration: ").append(Cell.of(calibrations, 2)).append(" µs a message.\n\n");
        text.append(versions()).append('\n');
        section(text, "CPU, latency and memory", tables.figures());
        section(text, "As multiples of the first column", tables.ratios());
        section(text, "Share of a core that the server used, %", tables.loads());
        section(text, "Head-room of the load tester, %", tables.headrooms());
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
        results.failures()
                .forEach(failure ->
                        text.append("- Not measured: ").append(failure).append('\n'));
        return text.toString().stripTrailing() + "\n";
    }

    private static void section(StringBuilder text, String title, String table) {
        text.append("### ").append(title).append("\n\n").append(table).append('\n');
    }

    private String versions() {
        return results.contestants().stream()
                        .map(contestant -> contestant.title() + " " + contestant.version())
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    private Samples calibrations() {
        Map<Integer, Double> numbered = new TreeMap<>();
        results.calibrations().forEach(calibration -> numbered.put(numbered.size(), calibration));
        return new Samples(numbered);
    }

    /** All of it for programs: the figures, and each server's ratio to each other one. */
    String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("date", date.toString()).put("command", command).put("pinned", cores.pinned());
        root.set("machine", JsonMapper.shared().valueToTree(machine));
        root.set("javaOptions", JsonMapper.shared().valueToTree(javaOptions));
        ObjectNode versions = root.putObject("versions");
        results.contestants().forEach(contestant -> versions.put(contestant.name(), contestant.version()));
        root.set("calibrationMicros", figures(calibrations()));
        ArrayNode rows = root.putArray("rows");
        results.rows().forEach(row -> rows.add(json(row)));
        ArrayNode runs = root.putArray("runs");
        for (Outcome outcome : results.outcomes()) {
            for (Measurement measurement : outcome.measurements()) {
                runs.addObject()
                        .put("scenario", outcome.scenario().name())
                        .put("server", measurement.contestant())
                        .put("round", measurement.round())
                        .put("calibrationMicros", measurement.calibration())
                        .set("result", measurement.result());
            }
        }
        root.set("notes", JsonMapper.shared().valueToTree(notes));
        root.set("failures", JsonMapper.shared().valueToTree(results.failures()));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode json(Row row) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("scenario", row.scenario().name())
                .put("title", row.title())
                .put("unit", row.metric().unit());
        ObjectNode servers = node.putObject("servers");
        row.samples().forEach((name, samples) -> {
            ObjectNode server = figures(samples);
            ObjectNode ratios = server.putObject("over");
            row.samples().forEach((other, others) -> {
                Samples over = samples.over(others);
                if (!other.equals(name) && !over.isEmpty()) {
                    ratios.set(other, figures(over));
                }
            });
            servers.set(name, server);
        });
        return node;
    }

    private static ObjectNode figures(Samples samples) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        if (!samples.isEmpty()) {
            node.put("median", samples.median()).put("min", samples.min()).put("max", samples.max());
            node.set("values", JsonMapper.shared().valueToTree(samples.byRound().values()));
        }
        return node;
    }
}
