// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.sockeye.Sockeye;
import io.sockeye.api.FlightRecord;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of what there is to see, by a client of the JDK. */
@Timeout(30)
class ObservedTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private HttpResponse<String> get(Sockeye server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** A Socket.IO connection that has joined. */
    private WebSocket join(Sockeye server) throws Exception {
        WebSocket webSocket = http.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.port() + "/socket.io/?EIO=4&transport=websocket"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                                received.add(data.toString());
                                socket.request(1);
                                return null;
                            }
                        })
                .join();
        assertThat(next()).startsWith("0{");
        webSocket.sendText("40", true).join();
        assertThat(next()).startsWith("40{");
        return webSocket;
    }

    private String next() throws InterruptedException {
        return received.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void metrics() throws Exception {
        try (Sockeye server = Observed.withMetrics(0, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            join(server).sendText("421[\"echo\",\"a\"]", true).join();
            assertThat(next()).isEqualTo("431[\"a\"]");
            assertThat(get(server, "/metrics").body())
                    .contains("sockeye_events_seconds_count{event=\"echo\",namespace=\"/\",outcome=\"success\"}");
            Observed.end(server);
            server.awaitClosed();
        }
    }

    @Test
    void tracing() throws Exception {
        try (Sockeye server = Observed.withTracing(0, OpenTelemetry.noop())) {
            join(server).sendText("421[\"echo\",\"a\"]", true).join();
            assertThat(next()).isEqualTo("431[\"a\"]");
        }
    }

    @Test
    void readiness() throws Exception {
        AtomicBoolean answers = new AtomicBoolean(false);
        try (Sockeye server = Observed.withReadiness(0, answers::get)) {
            HttpResponse<String> answer = get(server, "/health/ready");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"status\":\"down\",\"reasons\":[\"store: does not answer\"]}");
        }
    }

    @Test
    void flightRecorder() throws Exception {
        BlockingQueue<FlightRecord> incidents = new LinkedBlockingQueue<>();
        try (Sockeye server = Observed.withFlightRecorder(0, incidents::add)) {
            join(server).sendText("42{\"password\":\"secret\"}", true).join();
            FlightRecord incident = incidents.poll(10, TimeUnit.SECONDS);
            assertThat(incident.frames().get(3).excerpt()).isEqualTo("42{\"password\":…}");
        }
    }
}
