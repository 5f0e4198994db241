// SPDX-License-Identifier: Apache-2.0
package io.sockeye.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sockeye.Sockeye;
import io.sockeye.api.Metric;
import java.util.List;

/**
 * The figures of a server as meters, and a timer for each event that has a handler. One thread, which binds it to registries before the
 * server starts.
 */
public final class SockeyeMetrics implements MeterBinder {
    private final Sockeye server;

    public SockeyeMetrics(Sockeye server) {
        this.server = server;
    }

    /**
     * Registers the meters.
     *
     * @throws IllegalStateException if the server has started: handlers are measured from the start or not at all
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        Readings readings = new Readings(server);
        server.observe(new EventTimers(registry, readings));
        List<Metric> all = readings.latest().all();
        for (int i = 0; i < all.size(); i++) {
            register(registry, readings, all.get(i), i);
        }
    }

    /** @param index the place of the figure among all, which is always the same */
    private static void register(MeterRegistry registry, Readings readings, Metric metric, int index) {
        List<Tag> tags = metric.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList();
        String unit = metric.unit().isEmpty() ? null : metric.unit();
        if (metric.kind() == Metric.Kind.COUNTER) {
            FunctionCounter.builder(metric.name(), readings, latest -> latest.value(index))
                    .tags(tags)
                    .baseUnit(unit)
                    .description(metric.description())
                    .register(registry);
        } else {
            Gauge.builder(metric.name(), readings, latest -> latest.value(index))
                    .tags(tags)
                    .baseUnit(unit)
                    .description(metric.description())
                    .register(registry);
        }
    }
}
