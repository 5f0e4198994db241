// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import io.sockeye.app.bench.DurationConverter;
import io.sockeye.security.JwtAuth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--metrics-port",
            description = "Serves /metrics for Prometheus on this port; 0 for a free one. Default: not at all.")
    private @Nullable Integer metricsPort;

    @Option(
            names = "--metrics-host",
            description = "The address to serve metrics on. Default: ${DEFAULT-VALUE}, which others cannot reach.")
    private String metricsHost = "127.0.0.1";

    @Option(
            names = "--drain-window",
            converter = DurationConverter.class,
            description =
                    "On SIGTERM or SIGINT, the time over which clients are sent away, such as 10s. Default: at once.")
    private Duration drainWindow = Duration.ZERO;

    @Option(
            names = "--drain-deadline",
            converter = DurationConverter.class,
            description = "The longest time from the signal to the end of the process. Default: 10s.")
    private Duration drainDeadline = Duration.ofSeconds(10);

    @Option(
            names = "--jwt-secret-file",
            paramLabel = "FILE",
            description =
                    "Lets in only who has a JSON Web Token that is signed with the secret in this file (HS256, at least"
                            + " 32 bytes; a line end at its end does not count). Default: everybody.")
    private @Nullable Path jwtSecretFile;

    @Override
    public Integer call() throws InterruptedException {
        if (drainWindow.compareTo(drainDeadline) > 0) {
            System.err.println("sockeye: --drain-window must not be longer than --drain-deadline");
            return 2;
        }
        SockeyeBuilder options = Sockeye.builder().port(port).maxConnections(MAX_CONNECTIONS);
        if (!host.isEmpty()) {
            options.host(host);
        }
        JwtAuth auth = null;
        if (jwtSecretFile != null) {
            try {
                auth = tokensOf(jwtSecretFile);
            } catch (IOException e) {
                System.err.println("sockeye: --jwt-secret-file cannot be read: " + e);
                return 2;
            } catch (IllegalArgumentException e) {
                System.err.println("sockeye: --jwt-secret-file " + jwtSecretFile + ": " + e.getMessage());
                return 2;
            }
        }
        return serve(DemoServer.create(options, auth));
    }

    private int serve(Sockeye server) throws InterruptedException {
        try (PrometheusEndpoint metrics = metrics(server)) {
            server.start();
            EndSignals.handle(() -> server.drain(drainWindow, drainDeadline));
            System.out.println("Sockeye serves the chat at http://localhost:" + server.port() + " (Ctrl-C ends it)");
            if (metrics != null) {
                System.out.println("Metrics are at http://" + metricsHost + ":" + metrics.port() + "/metrics");
            }
            server.awaitClosed();
            return 0;
        } catch (UncheckedIOException e) {
            server.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            System.err.println("sockeye: " + cause.getMessage());
            return 1;
        }
    }

    private static JwtAuth tokensOf(Path secretFile) throws IOException {
        return JwtAuth.builder()
                .secret(Files.readString(secretFile).stripTrailing())
                .build();
    }

    private @Nullable PrometheusEndpoint metrics(Sockeye server) {
        return metricsPort == null
                ? null
                : new PrometheusEndpoint(server, new InetSocketAddress(metricsHost, metricsPort));
    }
}
