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
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the server and its peers, one after the other and again, and writes what it found. */
@Command(
        name = "compare",
        description = "Compares the server with its peers.",
        footer = "With --jdk=HOME all servers in Java run on that JDK.",
        mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
    private static final Set<String> QUICK =
            Set.of("echo-64", "broadcast-1000", "bursts", "idle", "msgpack-echo", "polling-echo");
    private static final int QUICK_IDLE = 5_000;
    private static final int IDLE = 19_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "Fewer scenarios, shorter; for a first look.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SERVER",
            description = "Only these servers, such as sockeye,uws.")
    private List<String> only = List.of();

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "SCENARIO",
            description = "Only these scenarios, such as echo-64,bursts.")
    private List<String> scenarioNames = List.of();

    @Option(names = "--rounds", description = "Measurements of each server in a scenario. Default: 3, with --quick 2.")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", description = "How long one measurement takes. Default: 2, with --quick 1.")
    private @Nullable Integer seconds;

    @Option(
            names = "--idle-connections",
            description =
                    "Connections of the scenario idle. Default: 19,000, with --quick 5,000; fewer if the limit of open files is lower.")
    private @Nullable Integer idleConnections;

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

    @Override
    public Integer call() throws IOException, InterruptedException {
        Installation installation = new Installation(root, serverJava, serverJavaOptions);
        List<Contestant> contestants = chosenServers(installation);
        List<Scenario> scenarios = chosenScenarios();
        List<Outcome> outcomes = new ArrayList<>();
        Cores cores = Cores.ofThisMachine();
        if (!answersAreRight(contestants, new AnswerCheck(installation.nodeProgram("check.mjs"), cores))) {
            return 1;
        }
        try (Calibration calibration = new Calibration()) {
            Comparison comparison = new Comparison(
                    contestants,
                    chosenServers(installation.withYoungHeap("32m")),
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
            return 1;
        }
        write(new Report(
                results,
                Machine.here(serverJava),
                LocalDate.now(ZoneId.systemDefault()),
                typed,
                serverJavaOptions,
                cores,
                notes));
        return 0;
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
                rounds != null ? rounds : quick ? 2 : 3,
                Duration.ofSeconds(seconds != null ? seconds : quick ? 1 : 2),
                Duration.ofSeconds(quick ? 2 : 3));
    }

    private List<Contestant> chosenServers(Installation installation) {
        List<Contestant> installed = Contestants.installed(installation);
        check(only, installed.stream().map(Contestant::name).toList(), "server");
        return installed.stream()
                .filter(contestant -> only.isEmpty() || only.contains(contestant.name()))
                .toList();
    }

    private List<Scenario> chosenScenarios() {
        int wanted = idleConnections != null ? idleConnections : quick ? QUICK_IDLE : IDLE;
        List<Scenario> all = Scenarios.all(Math.min(wanted, OpenFiles.allowedConnections()));
        check(scenarioNames, all.stream().map(Scenario::name).toList(), "scenario");
        return all.stream()
                .filter(scenario -> scenarioNames.isEmpty()
                        ? !quick || QUICK.contains(scenario.name())
                        : scenarioNames.contains(scenario.name()))
                .toList();
    }

    private void check(List<String> named, List<String> known, String kind) {
        for (String name : named) {
            if (!known.contains(name) && spec != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no %s \"%s\". There are: %s".formatted(kind, name, String.join(", ", known)));
            }
        }
    }

    /** A part of the comparison leaves the page as it is: its tables would be without what was not asked for. */
    private void write(Report report) throws IOException {
        Path json = root.resolve("target/bench/compare.json");
        Files.createDirectories(json.getParent());
        Files.writeString(json, report.json());
        System.out.println();
        System.out.println(report.markdown());
        if (only.isEmpty() && scenarioNames.isEmpty()) {
            new MarkedPage(root.resolve("docs/performance.md")).rewrite(report.markdown());
        }
        System.out.println("All figures: " + root.relativize(json));
    }
}
