// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load test measured; as JSON it has the same names in the same order.
 *
 * @param connections sessions, without a publisher
 * @param roomSize members of a room in mode rooms, else null
 * @param burst messages in a burst in mode bursts, else null
 * @param loop {@code open} or {@code closed}
 * @param rateWanted operations a second in an open loop, else null
 * @param seconds of the measured phase
 * @param operations acknowledged requests, deliveries or connections set up, within the measured phase
 * @param publishes messages or requests sent within the measured phase
 * @param latencyMicros of operations that were due within the measured phase, null if there were none
 * @param connectMicros of the set-up of sessions
 * @param missing operations that should have been completed, at any time since the traffic began, and were not
 * @param errors what went wrong but for lost sessions
 * @param disconnects sessions lost
 * @param stalled the sessions of mode slow that stopped reading, else null
 * @param series the measured phase by the second
 */
public record BenchResult(
        String mode,
        String url,
        String transport,
        String format,
        int connections,
        int payloadBytes,
        @Nullable Integer roomSize,
        @Nullable Integer burst,
        String loop,
        @Nullable Double rateWanted,
        double seconds,
        long operations,
        long publishes,
        double operationsPerSecond,
        @Nullable LatencySummary latencyMicros,
        @Nullable LatencySummary connectMicros,
        @Nullable ServerUse server,
        ClientUse client,
        long missing,
        long errors,
        long disconnects,
        @Nullable Stalled stalled,
        List<Second> series) {

    /**
     * What the process of the server used in the measured phase.
     *
     * @param cpuMicrosPerOperation null without operations
     * @param rssBytesBefore before the first connection
     * @param rssBytesAfter at the end of the measured phase; in mode idle at its start, with all connections open
     */
    public record ServerUse(
            long pid,
            long cpuMicros,
            @Nullable Double cpuMicrosPerOperation,
            long cpuUserMicros,
            long cpuSystemMicros,
            double cpuShareOfACore,
            long rssBytesBefore,
            long rssBytesAfter,
            double rssBytesPerConnection) {}

    /**
     * What the load tester used in the measured phase.
     *
     * @param headroom 1 less the share of a core that its busiest event loop used: near 0 the figures tell of the tester
     * @param waitedShare of the time in which its event loop that waited longest was ready to run and had no processor
     */
    public record ClientUse(
            long cpuMicros,
            @Nullable Double cpuMicrosPerOperation,
            double cpuShareOfACore,
            double headroom,
            double waitedShare) {}

    /** Sessions that stopped reading, and how many of them were disconnected. */
    public record Stalled(int connections, int disconnected) {}

    /**
     * One second of the measured phase.
     *
     * @param p50 of operations completed in it, in microseconds, null if there were none
     * @param cpuShareOfACore of the server, null without its pid
     */
    public record Second(
            int second,
            long operations,
            @Nullable Double p50,
            @Nullable Double p99,
            @Nullable Double cpuShareOfACore) {}
}
