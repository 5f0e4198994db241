// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has Socket.IO's own client ask a server for the right answers, so that none is fast by doing less.
 *
 * @param script the program that asks
 */
record AnswerCheck(List<String> script, Cores cores) {
    /** What is wrong with a server, if anything is. */
    Optional<String> fault(Contestant contestant) throws InterruptedException {
        List<String> arguments = contestant.traits().contains(Trait.RAW) ? List.of("--raw") : List.of();
        try (RunningServer server = RunningServer.start(contestant, false, cores)) {
            List<String> command = new ArrayList<>(script);
            command.add(server.url());
            command.addAll(arguments);
            Process process = new ProcessBuilder(cores.tester(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(output.strip());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
