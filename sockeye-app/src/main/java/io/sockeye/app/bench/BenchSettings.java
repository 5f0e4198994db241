// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.Credentials;
import io.sockeye.app.bench.client.Target;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a load test is to do.
 *
 * @param url of the server, as the user gave it
 * @param formatName {@code json}, {@code msgpack}, or {@code raw}
 * @param load what the sessions say
 * @param pace when they say it
 * @param serverPid the process of the server, if it is on this machine
 */
record BenchSettings(
        Mode mode,
        String url,
        Target target,
        String formatName,
        Credentials credentials,
        Load load,
        Pace pace,
        int threads,
        OptionalLong serverPid) {

    /**
     * What the sessions say.
     *
     * @param connections sessions; in modes with one room a publisher comes on top
     * @param roomSize members of a room in mode rooms
     * @param quietRooms rooms that each session joins beside, where nothing is said
     * @param burst messages in a burst
     * @param stalledShare of the sessions that stop reading, from 0 to 1
     */
    record Load(int connections, int payloadBytes, int roomSize, int quietRooms, int burst, double stalledShare) {}

    /**
     * When they say it.
     *
     * @param rate operations a second at scheduled times, or nothing for a closed loop
     * @param inFlight operations under way in a closed loop
     * @param concurrency connects under way in a closed loop of mode storm
     * @param connectRate connects a second before the traffic begins
     */
    record Pace(
            OptionalDouble rate, int inFlight, int concurrency, int connectRate, Duration warmup, Duration duration) {}

    /** Sessions that stop reading. */
    int stalled() {
        return mode == Mode.SLOW ? (int) Math.round(load.connections() * load.stalledShare()) : 0;
    }
}
