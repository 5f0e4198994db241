// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Gives the figures of a Sockeye server to Micrometer. */
@NullMarked
module io.sockeye.metrics {
    requires transitive io.sockeye.server;
    requires transitive micrometer.core;

    exports io.sockeye.metrics;
}
