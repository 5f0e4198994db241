// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Those who run attacks: each slow attack on a thread of its own, the quick ones one after the other on another. One thread only. */
final class Attackers implements AutoCloseable {
    private final List<Attack> attacks;
    private final List<Target> targets = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "attacker");
        thread.setDaemon(true);
        return thread;
    });

    Attackers(int port, boolean brief, List<Attack> attacks) {
        this.attacks = attacks;
        for (int i = 0; i < attacks.size(); i++) {
            targets.add(new Target(port, brief));
            tallies.add(new Tally());
        }
    }

    /** Returns what they got; adds what they must not have got. */
    String run(List<String> faults) throws InterruptedException {
        List<Integer> quick = new ArrayList<>();
        List<Future<List<String>>> running = new ArrayList<>();
        for (int i = 0; i < attacks.size(); i++) {
            int index = i;
            if (attacks.get(i).slow()) {
                running.add(threads.submit(() -> runAll(List.of(index))));
            } else {
                quick.add(i);
            }
        }
        running.add(threads.submit(() -> runAll(quick)));
        for (Future<List<String>> each : running) {
            try {
                faults.addAll(each.get());
            } catch (ExecutionException e) {
                faults.add("an attacker failed: " + e.getCause());
            }
        }
        return attacks.size() == 1 ? tallies.get(0).toString() : attacks.size() + " attacks";
    }

    private List<String> runAll(List<Integer> indices) throws InterruptedException {
        List<String> faults = new ArrayList<>();
        for (int index : indices) {
            Attack attack = attacks.get(index);
            Tally tally = tallies.get(index);
            try {
                attack.deed().run(targets.get(index), tally);
            } catch (IOException e) {
                tally.add(String.valueOf(e.getMessage()));
            }
            for (String outcome : tally.outcomes()) {
                if (!attack.expected().matcher(outcome).matches()) {
                    faults.add(attack.name() + ": unexpected " + outcome);
                }
            }
            if (tally.isEmpty()) {
                faults.add(attack.name() + ": nobody got anything");
            }
        }
        return faults;
    }

    /** Closes all connections. */
    void leave() throws IOException {
        for (Target target : targets) {
            target.close();
        }
    }

    /** How many connections there were. */
    int connections() {
        return targets.stream().mapToInt(Target::opened).sum();
    }

    @Override
    public void close() throws IOException {
        leave();
        threads.shutdownNow();
    }
}
