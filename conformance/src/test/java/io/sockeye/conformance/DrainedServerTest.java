// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import static org.awaitility.Awaitility.await;

import io.sockeye.Sockeye;
import io.sockeye.event.Request;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An unmodified client behind a balancer that sends new connections to a second server once the first is drained. */
@Tag("client")
class DrainedServerTest {
    private static final Request<Void, String> WORK = Request.of("work", Void.class, String.class);

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
    void aClientGetsItsAnswerAndMovesToAnotherServer(String transports) throws Exception {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        try (Sockeye first = Sockeye.builder().port(0).build();
                Sockeye second = Sockeye.builder().port(0).build()) {
            second.namespace("/").on(WORK, (socket, nothing) -> "second");
            second.start();
            AtomicInteger target = new AtomicInteger(second.port());
            first.namespace("/").on(WORK, (socket, nothing) -> {
                target.set(second.port());
                Thread draining = new Thread(() -> {
                    first.drain(Duration.ofMillis(100), Duration.ofSeconds(20));
                    drained.complete(null);
                });
                draining.start();
                await().until(() -> readiness(first) == 503);
                return "first";
            });
            first.start();
            target.set(first.port());
            try (CutNetwork balancer = new CutNetwork(target::get)) {
                NodeScript.ofSuite("drain")
                        .findFirst()
                        .orElseThrow()
                        .run(Map.of("SOCKEYE_URL", balancer.url(), "SOCKEYE_TRANSPORT", transports));
            }
            drained.get(30, TimeUnit.SECONDS);
        }
    }

    private int readiness(Sockeye server) throws Exception {
        URI uri = URI.create("http://localhost:" + server.port() + "/health/ready");
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
