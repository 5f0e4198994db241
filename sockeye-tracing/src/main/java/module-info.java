// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** A span of OpenTelemetry for each event of a Sockeye server. */
@NullMarked
module io.sockeye.tracing {
    requires transitive io.sockeye.server;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.context;

    exports io.sockeye.tracing;
}
