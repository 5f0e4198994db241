// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.sockeye.Sockeye;
import io.sockeye.api.FlightRecord;
import io.sockeye.api.FlightRecorder;
import io.sockeye.api.HttpResponse;
import io.sockeye.event.Request;
import io.sockeye.metrics.SockeyeMetrics;
import io.sockeye.tracing.SockeyeTracing;
import java.time.Duration;
import java.util.function.Consumer;

/** A server that can be watched. */
public final class Observed {
    private static final Request<String, String> ECHO = Request.of("echo", String.class, String.class);

    private Observed() {}

    /** Meters on the port of the server, which suits a server that only the proxy reaches. */
    static Sockeye withMetrics(int port, PrometheusMeterRegistry registry) {
        // tag::metrics[]
        Sockeye server = Sockeye.builder().host("127.0.0.1").port(port).build();
        server.namespace("/").on(ECHO, (socket, text) -> text);
        new SockeyeMetrics(server).bindTo(registry); // before the start
        server.route("GET", "/metrics", request -> HttpResponse.text(registry.scrape()));
        server.start();
        // end::metrics[]
        return server;
    }

    static Sockeye withTracing(int port, OpenTelemetry telemetry) {
        Sockeye server = Sockeye.builder().port(port).build();
        server.namespace("/").on(ECHO, (socket, text) -> text);
        // tag::tracing[]
        server.observe(new SockeyeTracing(telemetry)); // before the start
        // end::tracing[]
        return server.start();
    }

    /** Where the rows are. */
    interface Store {
        boolean answers() throws Exception;
    }

    static Sockeye withReadiness(int port, Store store) {
        Sockeye server = Sockeye.builder().port(port).build();
        // tag::readiness[]
        server.readiness("store", () -> store.answers() ? null : "does not answer");
        // end::readiness[]
        return server.start();
    }

    static Sockeye withFlightRecorder(int port, Consumer<FlightRecord> incidents) {
        // tag::recorder[]
        Sockeye server = Sockeye.builder()
                .port(port)
                .flightRecorder(FlightRecorder.last(20, 200)
                        .redact(text -> text.replaceAll("\"password\":\"[^\"]*\"", "\"password\":…"))
                        .onRecord(incidents))
                .build();
        // end::recorder[]
        return server.start();
    }

    /** Ends a server that others stand in for. */
    static void end(Sockeye server) {
        // tag::drain[]
        server.drain(Duration.ofSeconds(20), Duration.ofSeconds(45));
        // end::drain[]
    }
}
