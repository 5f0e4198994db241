// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import io.sockeye.app.bench.BenchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sockeye} command. */
@Command(
        name = "sockeye",
        description = "The real-time server for Java.",
        mixinStandardHelpOptions = true,
        subcommands = {DemoCommand.class, BenchCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }
}
