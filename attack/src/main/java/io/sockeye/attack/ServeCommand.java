// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import io.sockeye.Sockeye;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Serves in the foreground until its input ends. Each line of input asks for one line with the {@link Vitals}: not over the network,
 * which is under attack.
 */
@Command(name = "serve", description = "Runs the server that is attacked.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--public-key", required = true, description = "What tokens are checked with, as PEM.")
    private String publicKey = "";

    @Override
    public Integer call() throws IOException {
        VitalSigns signs = VitalSigns.watch();
        try (Sockeye server = AttackedServer.start(publicKey)) {
            System.out.println(
                    "ready " + server.port() + " " + ProcessHandle.current().pid());
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (questions.readLine() != null) {
                System.out.println(signs.read().line());
            }
        }
        return 0;
    }
}
