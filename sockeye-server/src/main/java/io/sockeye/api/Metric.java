// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import java.util.Map;

/**
 * One figure of a server at one moment.
 *
 * @param name with dots, such as {@code sockeye.connections}
 * @param labels what tells figures of one name apart, such as {@code transport}; each from a set that does not grow
 * @param kind whether it only rises
 * @param unit {@code bytes}, {@code seconds}, or empty for a number of things
 * @param description one sentence
 * @param value since the server was made for a counter, at the moment for a gauge
 */
public record Metric(
        String name, Map<String, String> labels, Kind kind, String unit, String description, double value) {
    /** How a figure moves. */
    public enum Kind {
        /** It only rises. */
        COUNTER,
        /** It rises and falls. */
        GAUGE
    }
}
