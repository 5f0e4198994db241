// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program of {@code ./dev attack}. */
@Command(
        name = "attack",
        description = "Attacks a server and looks at what becomes of it.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, ServeCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = new CommandLine(new Main()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }
}
