// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Option(
            names = "--idle-connections",
            description =
                    "Connections of the scenario idle. Default: 19,000, with --quick 5,000; fewer if the limit of open files is lower.")
    private @Nullable Integer idleConnections;

    @Mixin
    private Campaign campaign = new Campaign();

    @Override
    public Integer call() throws IOException, InterruptedException {
        campaign.brief(quick);
        List<Scenario> scenarios = chosenScenarios();
        check(only, campaign.servers().stream().map(Contestant::name).toList(), "server");
        Optional<Report> report = campaign.run(this::takesPart, scenarios);
        if (report.isPresent()) {
            boolean whole = only.isEmpty() && scenarioNames.isEmpty();
            // A part of the comparison leaves the page as it is: its tables would be without what was not asked for.
            campaign.write(report.get(), report.get().markdown(), "compare", whole);
        }
        return report.isPresent() ? 0 : 1;
    }

    private boolean takesPart(Contestant contestant) {
        return only.isEmpty() ? !Contestants.isVariant(contestant) : only.contains(contestant.name());
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
}
