// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import io.sockeye.benchmarks.compare.LoadTester.Phases;
import io.sockeye.benchmarks.compare.Scenario.Course;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Runs scenarios.
 *
 * @param contestants the servers
 * @param fresh the same with the heap that {@link Course#FRESH} wants
 */
/* Within a scenario the servers take turns, so that what changes on the machine over minutes meets all of them. They live through
 * all its rounds, since a JVM that is started for each would be measured while it compiles; and they are started anew for the
 * next scenario, so that none has to serve a load with code that was compiled for another.
 */
record Comparison(
        List<Contestant> contestants,
        List<Contestant> fresh,
        Plan plan,
        LoadTester tester,
        Calibration calibration,
        Cores cores,
        PrintStream progress) {
    private static final List<String> VISITORS = List.of("storm", "--concurrency", "50");
    private static final Phases VISIT = new Phases(Duration.ZERO, Duration.ofSeconds(2));
    private static final Phases LOOK = new Phases(Duration.ofSeconds(1), Duration.ofSeconds(1));

    Outcome run(Scenario scenario) throws InterruptedException {
        progress.println(scenario.title());
        Outcome outcome = new Outcome(scenario, new ArrayList<>(), new ArrayList<>());
        if (scenario.course() == Course.FRESH) {
            for (Contestant contestant : having(fresh, scenario.trait())) {
                runFresh(contestant, outcome);
            }
        } else {
            runInterleaved(having(contestants, scenario.trait()), outcome);
        }
        return outcome;
    }

    private static List<Contestant> having(List<Contestant> contestants, Trait trait) {
        return contestants.stream()
                .filter(contestant -> contestant.traits().contains(trait))
                .toList();
    }

    /** Visitors compile the code and touch the heap, but are so few at a time that they leave no room behind to be used again. */
    private void runFresh(Contestant contestant, Outcome outcome) throws InterruptedException {
        try (RunningServer server = RunningServer.start(contestant, false, cores)) {
            tester.run(VISITORS, server, VISIT);
            measure(contestant, server, 1, LOOK, outcome);
        } catch (IOException e) {
            failed(contestant, e, outcome);
        }
    }

    private void runInterleaved(List<Contestant> takingPart, Outcome outcome) throws InterruptedException {
        Map<Contestant, RunningServer> servers = new LinkedHashMap<>();
        try {
            for (Contestant contestant : takingPart) {
                start(contestant, outcome, servers);
            }
            for (Map.Entry<Contestant, RunningServer> entry : servers.entrySet()) {
                prepare(entry.getKey(), entry.getValue(), outcome);
            }
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Map.Entry<Contestant, RunningServer> entry : servers.entrySet()) {
                    measure(entry.getKey(), entry.getValue(), round, plan.round(), outcome);
                }
            }
        } finally {
            servers.values().forEach(RunningServer::close);
        }
    }

    private void start(Contestant contestant, Outcome outcome, Map<Contestant, RunningServer> servers) {
        try {
            servers.put(
                    contestant,
                    RunningServer.start(contestant, outcome.scenario().messagePack(), cores));
        } catch (IOException e) {
            failed(contestant, e, outcome);
        }
    }

    /** At full speed, since a fixed rate may be too slow to make a method hot. */
    private void prepare(Contestant contestant, RunningServer server, Outcome outcome) throws InterruptedException {
        try {
            tester.run(
                    outcome.scenario().atFullSpeed(),
                    server,
                    plan.preparation(outcome.scenario().course()));
        } catch (IOException e) {
            failed(contestant, e, outcome);
        }
    }

    private void measure(Contestant contestant, RunningServer server, int round, Phases phases, Outcome outcome)
            throws InterruptedException {
        try {
            double speed = calibration.measure();
            JsonNode result = tester.run(outcome.scenario().arguments(), server, phases);
            outcome.measurements().add(new Measurement(contestant.name(), round, speed, result));
            progress.printf("  %d %-18s %s%n", round, contestant.name(), Summary.of(outcome.scenario(), result));
        } catch (IOException e) {
            failed(contestant, e, outcome);
        }
    }

    private void failed(Contestant contestant, IOException failure, Outcome outcome) {
        String sentence = "%s, %s: %s".formatted(outcome.scenario().name(), contestant.name(), failure.getMessage());
        outcome.failures().add(sentence);
        progress.println("  " + sentence);
    }
}
