// SPDX-License-Identifier: Apache-2.0
package io.sockeye.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sockeye.spi.EventObserver;
import io.sockeye.spi.ServerObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A timer for the handlers of each event. Any thread.
 *
 * @param readings held for the meters, which do not hold it themselves
 */
record EventTimers(MeterRegistry registry, Readings readings) implements ServerObserver {
    private static final String NAME = "sockeye.events";

    /** Few: there is a series for each, and each event. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    @Override
    public EventObserver events(String namespace, String event) {
        Timer succeeded = timer(namespace, event, "success");
        Timer failed = timer(namespace, event, "failure");
        return (begun, nanos, failure) -> (failure == null ? succeeded : failed).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String namespace, String event, String outcome) {
        return Timer.builder(NAME)
                .tags("namespace", namespace, "event", event, "outcome", outcome)
                .description("How long handlers of events took")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
