// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Servers and drivers for the protocol suites. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        subcommands = {ServeCommand.class, SoakCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = new CommandLine(new Main()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }
}
