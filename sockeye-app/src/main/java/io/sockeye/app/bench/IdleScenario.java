// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.ClientLoops;
import io.sockeye.app.bench.client.SessionListener;
import org.jspecify.annotations.Nullable;

/** Connections that are open and silent. */
final class IdleScenario implements Scenario {
    private final Crowd crowd;

    IdleScenario(BenchSettings settings) {
        crowd = new Crowd(settings.load().connections(), 0, settings.pace().connectRate(), Traffic.NONE);
    }

    @Override
    public SessionListener listener() {
        return crowd;
    }

    @Override
    public @Nullable String failure() {
        return crowd.failure();
    }

    @Override
    public void prepare(ClientLoops loops, Progress progress) throws InterruptedException {
        crowd.open(loops, progress);
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
