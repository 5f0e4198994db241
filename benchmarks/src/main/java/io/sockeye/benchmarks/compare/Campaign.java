// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands that measure servers have in common: where the programs are, and how often and how long is measured. */
final class Campaign {
    private static final String SMALL_YOUNG_GENERATION = "-Xmn32m";

    @Option(names = "--rounds", description = "Measurements of each server in a scenario. Default: 3, with --quick 2.")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", description = "How long one measurement takes. Default: 2, with --quick 1.")
    private @Nullable Integer seconds;

    @Option(names = "--root", hidden = true, required = true)
    private Path root = Path.of("");

    @Option(names = "--server-java", hidden = true, required = true)
    private Path serverJava = Path.of("");

    @Option(names = "--server-java-option", hidden = true)
    private List<String> serverJavaOptions = List.of();

    @Option(names = "--tester", hidden = true, required = true)
    private List<String> testerCommand = List.of();

    @Option(names = "--typed", hidden = true, description = "The command as the user gave it.")
    private String typed = "./dev bench compare";

    @Option(names = "--note", hidden = true)
    private List<String> notes = List.of();

    private boolean brief;

    /** Whether what the user did not set is short. */
    void brief(boolean wanted) {
        brief = wanted;
    }

    /** The servers that are installed. */
    List<Contestant> servers() {
        return Contestants.installed(installation());
    }

    private Installation installation() {
        return new Installation(root, serverJava, serverJavaOptions);
    }

    /**
     * Measures servers.
     *
     * @return nothing if there are no figures
     */
    Optional<Report> run(Predicate<Contestant> takingPart, List<Scenario> scenarios)
            throws IOException, InterruptedException {
        Installation installation = installation();
        List<Contestant> contestants = chosen(installation, takingPart);
        Cores cores = Cores.ofThisMachine();
        if (!answersAreRight(contestants, new AnswerCheck(installation.nodeProgram("check.mjs"), cores))) {
            return Optional.empty();
        }
        List<Outcome> outcomes = new ArrayList<>();
        try (Calibration calibration = new Calibration()) {
            Comparison comparison = new Comparison(
                    contestants,
                    chosen(installation.with(SMALL_YOUNG_GENERATION), takingPart),
                    plan(),
                    new LoadTester(testerCommand, cores),
                    calibration,
                    cores,
                    System.out);
            for (Scenario scenario : scenarios) {
                outcomes.add(comparison.run(scenario));
            }
        }
        Results results = new Results(contestants, outcomes);
        if (results.calibrations().isEmpty()) {
            System.err.println("Nothing was measured.");
            return Optional.empty();
        }
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        return Optional.of(
                new Report(results, Machine.here(serverJava), today, typed, serverJavaOptions, cores, notes));
    }

    private static List<Contestant> chosen(Installation installation, Predicate<Contestant> takingPart) {
        return Contestants.installed(installation).stream().filter(takingPart).toList();
    }

    private static boolean answersAreRight(List<Contestant> contestants, AnswerCheck check)
            throws InterruptedException {
        boolean right = true;
        for (Contestant contestant : contestants) {
            Optional<String> fault = check.fault(contestant);
            if (fault.isPresent()) {
                System.err.println(contestant.title() + " does not answer as agreed: " + fault.get());
                right = false;
            }
        }
        return right;
    }

    private Plan plan() {
        return Plan.of(
                rounds != null ? rounds : brief ? 2 : 3,
                Duration.ofSeconds(seconds != null ? seconds : brief ? 1 : 2),
                Duration.ofSeconds(brief ? 2 : 3));
    }

    /**
     * Keeps what was measured.
     *
     * @param name of the file, and of the part of the page
     * @param onPage whether the page is written as well
     */
    void write(Report report, String markdown, String name, boolean onPage) throws IOException {
        Path json = root.resolve("target/bench/" + name + ".json");
        Files.createDirectories(json.getParent());
        Files.writeString(json, report.json());
        System.out.println();
        System.out.println(markdown);
        if (onPage) {
            new MarkedPage(root.resolve("docs/performance.md"), name).rewrite(markdown);
        }
        System.out.println("All figures: " + root.relativize(json));
    }
}
