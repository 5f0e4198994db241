// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the chat and its page until the process is told to end. */
@Command(name = "demo", description = "Serves a chat.", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 10_000;

    @Option(names = "--port", description = "The port to listen on; 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port = 3000;

    @Option(names = "--host", description = "The address to listen on. Default: all.")
    private String host = "";

    @Override
    public Integer call() throws InterruptedException {
        SockeyeBuilder options = Sockeye.builder().port(port).maxConnections(MAX_CONNECTIONS);
        if (!host.isEmpty()) {
            options.host(host);
        }
        Sockeye server = DemoServer.create(options);
        try {
            server.start();
        } catch (UncheckedIOException e) {
            server.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            System.err.println("sockeye: " + cause.getMessage());
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "sockeye-shutdown"));
        System.out.println("Sockeye serves the chat at http://localhost:" + server.port() + " (Ctrl-C ends it)");
        server.awaitClosed();
        return 0;
    }
}
