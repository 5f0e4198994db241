// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import io.sockeye.attack.Suite.SuiteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs all attacks, or some, and prints a table of what became of them. Fails if the server did not stand one. */
@Command(
        name = "run",
        description = "Attacks a server of its own and prints what became of it.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Option(names = "--only", description = "Only attacks that have this in their name; may be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--brief", description = "Fewer attackers, which do less.")
    private boolean brief;

    @Option(names = "--bystanders", description = "Well-behaved clients. Default: ${DEFAULT-VALUE}.")
    private int bystanders = 200;

    @Option(names = "--heap", description = "The most heap of the server. Default: ${DEFAULT-VALUE}.")
    private String heap = "256m";

    @Option(names = "--log", description = "Where the server's log goes. Default: ${DEFAULT-VALUE}.")
    private Path log = Path.of("attack.log");

    @Option(names = "--page", description = "A page with two marks, between which the table is put.")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        List<Result> results = new ArrayList<>();
        try (Suite suite = new Suite(new SuiteSettings(brief, bystanders, heap, log))) {
            for (Attack attack : Suite.attacks()) {
                if (only.isEmpty() || only.stream().anyMatch(attack.name()::contains)) {
                    Result result = suite.run(attack);
                    results.add(result);
                    System.out.println(ResultTable.line(result));
                }
            }
        }
        if (page != null) {
            ResultTable.write(page, results);
        }
        long failed =
                results.stream().filter(result -> !result.faults().isEmpty()).count();
        System.out.printf("%d attacks, %d with a fault; the log of the server is %s%n", results.size(), failed, log);
        return failed == 0 ? 0 : 1;
    }
}
