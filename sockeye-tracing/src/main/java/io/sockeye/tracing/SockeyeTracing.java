// SPDX-License-Identifier: Apache-2.0
package io.sockeye.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.sockeye.spi.EventObserver;
import io.sockeye.spi.ServerObserver;

/**
 * A span around the handler of each event, below the span that the client named when it connected. Given to {@code Sockeye.observe}
 * before the start; any thread.
 *
 * <p>The client names its span with {@code traceparent} (W3C Trace Context), in a header of the request that opens the connection or as
 * a field of {@code auth}, since browsers add no headers to a WebSocket. One that names none, or none that is well-formed, begins a trace
 * with each event.
 *
 * <p>The span is current while the handler runs. It has the name of the event, or {@code other}, and the attributes
 * {@code sockeye.namespace} and {@code sockeye.socket.id}; where the handler throws, its status is an error and {@code error.type} is the
 * class of what it threw. Payloads and messages of exceptions are not recorded.
 */
public final class SockeyeTracing implements ServerObserver {
    private final Tracer tracer;

    public SockeyeTracing(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.sockeye");
    }

    @Override
    public EventObserver events(String namespace, String event) {
        return new EventSpans(tracer, namespace, event);
    }
}
