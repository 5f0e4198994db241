// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.ClientLoops;
import io.sockeye.app.bench.client.SessionListener;
import org.jspecify.annotations.Nullable;

/** One mode of load. Its methods are called by the thread that runs the test; sessions report on their event loops. */
interface Scenario {
    /** Who is told of the sessions. */
    SessionListener listener();

    /**
     * Sets up what has to be there before the traffic.
     *
     * @throws BenchFailed if that does not work
     */
    void prepare(ClientLoops loops, Progress progress) throws InterruptedException;

    /** Begins the traffic. */
    void start();

    /** Called once a second while there is traffic. */
    default void check() {}

    /** Begins nothing more. What is under way goes on. */
    void stop();

    /** Sessions that had stopped reading and were disconnected. */
    default int stalledLost() {
        return 0;
    }

    /** What went wrong first, or null. */
    @Nullable
    String failure();
}
