// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks;

import io.sockeye.benchmarks.compare.CompareCommand;
import io.sockeye.benchmarks.compare.GrowthCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program of {@code ./dev bench}. */
@Command(
        name = "bench",
        description = "Measures the server and its peers.",
        mixinStandardHelpOptions = true,
        subcommands = {CompareCommand.class, GrowthCommand.class, Sessions.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = new CommandLine(new Main()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }
}
