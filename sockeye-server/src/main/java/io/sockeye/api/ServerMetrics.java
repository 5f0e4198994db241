// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.List;
import java.util.Map;

/** What a server has counted, and what it holds, at one moment. Immutable; the page about metrics lists the names. */
public final class ServerMetrics {
    private final List<Metric> all;

    public ServerMetrics(List<Metric> all) {
        this.all = List.copyOf(all);
    }

    /** All figures: of one server always the same names and labels, in the same order. */
    public List<Metric> all() {
        return all;
    }

    /**
     * The sum of the figures of one name.
     *
     * @param labels alternating labels and values that a figure must have, such as {@code "transport", "polling"}; none for all
     * @throws IllegalArgumentException if there is no such figure
     */
    public double value(String name, String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("expected labels and values in turn, got " + labels.length + " texts");
        }
        List<Metric> found = all.stream()
                .filter(metric -> metric.name().equals(name) && hasAll(metric.labels(), labels))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no figure " + name + " with the labels " + List.of(labels)
                    + "; all() has those there are");
        }
        return found.stream().mapToDouble(Metric::value).sum();
    }

    private static boolean hasAll(Map<String, String> present, String[] wanted) {
        for (int i = 0; i < wanted.length; i += 2) {
            if (!wanted[i + 1].equals(present.get(wanted[i]))) {
                return false;
            }
        }
        return true;
    }
}
