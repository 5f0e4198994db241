// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures how the cost of a message grows with connections, rooms and payloads, beside the least that a server can cost. */
@Command(
        name = "growth",
        description = "Measures how costs grow with connections, rooms and payloads.",
        footer = "With --jdk=HOME the server runs on that JDK.",
        mixinStandardHelpOptions = true)
public final class GrowthCommand implements Callable<Integer> {
    private static final Set<String> SERVERS = Set.of(Contestants.OURS, Contestants.FLOOR);

    @Mixin
    private Campaign campaign = new Campaign();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Report> report = campaign.run(
                contestant -> SERVERS.contains(contestant.name()), GrowthScenarios.all(OpenFiles.allowedConnections()));
        if (report.isPresent()) {
            campaign.write(report.get(), report.get().markdown(), "growth", true);
        }
        return report.isPresent() ? 0 : 1;
    }
}
