// SPDX-License-Identifier: Apache-2.0
package io.sockeye.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sockeye.Sockeye;
import io.sockeye.api.Metric;
import io.sockeye.api.RequestFailed;
import io.sockeye.event.Request;
import io.sockeye.spi.EventObserver;
import io.sockeye.testing.JdkClient;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SockeyeMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Sockeye server = Sockeye.builder().host("127.0.0.1").port(0).build();

    @AfterEach
    void close() {
        server.close();
    }

    private void start() {
        server.namespace("/").on(Request.of("echo", String.class, String.class), (socket, text) -> {
            if (text.isEmpty()) {
                throw new RequestFailed("nothing to echo");
            }
            return text;
        });
        new SockeyeMetrics(server).bindTo(registry);
        server.start();
    }

    @Test
    void everyFigureOfTheServerIsAMeterWithItsLabelsAndItsValue() throws Exception {
        start();
        try (JdkClient client = JdkClient.join(server.port(), "")) {
            client.send("421[\"echo\",\"a\"]");
            assertThat(client.next()).isEqualTo("431[\"a\"]");
            for (Metric metric : server.metrics().all()) {
                String[] labels = metric.labels().entrySet().stream()
                        .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                        .toArray(String[]::new);
                assertThat(registry.find(metric.name()).tags(labels).meter())
                        .as("%s", metric)
                        .isNotNull();
            }
            await().until(() -> gauge("sockeye.connections", "transport", "websocket", "protocol", "engineio4") == 1);
            await().until(() -> gauge("sockeye.sockets") == 1);
            await().until(() -> registry.get("sockeye.handshakes")
                            .tag("result", "accepted")
                            .functionCounter()
                            .count()
                    == 1);
            assertThat(registry.scrape())
                    .contains("sockeye_connections{protocol=\"engineio4\",transport=\"websocket\"} 1.0")
                    .contains("sockeye_handshakes_total{result=\"accepted\"} 1.0")
                    .contains("sockeye_memory_bytes{part=\"outboxes\"} 0.0")
                    .contains("sockeye_loop_lag_seconds{loop=\"0\"}");
        }
    }

    private double gauge(String name, String... tags) {
        Gauge gauge = registry.get(name).tags(tags).gauge();
        return gauge.value();
    }

    @Test
    void handlersAreTimedByTheNameOfTheirEventAndNamesThatClientsMakeUpAsOther() throws Exception {
        start();
        try (JdkClient client = JdkClient.join(server.port(), "")) {
            for (int i = 0; i < 50; i++) {
                client.send("42[\"made-up-" + i + "\"]");
            }
            client.send("421[\"echo\",\"a\"]").send("422[\"echo\",\"\"]");
            assertThat(client.next()).isEqualTo("431[\"a\"]");
            assertThat(client.next()).startsWith("432[{");
            await().until(() -> timer("echo", "success").count() == 1);
            await().until(() -> timer("echo", "failure").count() == 1);
            await().until(() -> timer("other", "success").count() == 50);
            assertThat(registry.find("sockeye.events").timers()).hasSize(4);
            assertThat(registry.scrape())
                    .contains("sockeye_events_seconds_count")
                    .doesNotContain("made-up");
        }
    }

    private Timer timer(String event, String outcome) {
        return registry.get("sockeye.events")
                .tags("namespace", "/", "event", event, "outcome", outcome)
                .timer();
    }

    @Test
    void whatIsBoundTooLateIsRefused() {
        start();
        assertThatThrownBy(() -> new SockeyeMetrics(server).bindTo(registry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before start()");
    }

    @Test
    void timingAHandlerAllocatesNothing() {
        EventObserver observer = new EventTimers(registry, new Readings(server)).events("/", "echo");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 50 && least > 1_000; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                observer.ended(null, 1_000L * i, null);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for 10,000 events").isLessThanOrEqualTo(1_000);
    }
}
