// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.ClientLoop;
import io.sockeye.app.bench.client.ClientLoops;
import io.sockeye.app.bench.client.Session;
import io.sockeye.app.bench.client.SessionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Connections that are set up, with their namespace, and ended at once. */
final class StormScenario implements Scenario, SessionListener {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final BenchSettings settings;
    private final boolean closed;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final List<Pacer> pacers = new ArrayList<>();
    private List<ClientLoop> loops = List.of();
    private volatile boolean stopped;

    StormScenario(BenchSettings settings) {
        this.settings = settings;
        closed = settings.pace().rate().isEmpty();
    }

    @Override
    public SessionListener listener() {
        return this;
    }

    @Override
    public void prepare(ClientLoops clientLoops, Progress progress) {
        loops = clientLoops.all();
    }

    @Override
    public void start() {
        if (closed) {
            for (int i = 0; i < settings.pace().concurrency(); i++) {
                ClientLoop loop = loops.get(i % loops.size());
                loop.execute(() -> connect(loop, loop.nanos()));
            }
            return;
        }
        double rate = settings.pace().rate().getAsDouble();
        for (ClientLoop loop : loops) {
            Pacer pacer = new Pacer(loop, loops.size(), rate, due -> connect(loop, due));
            pacers.add(pacer);
            loop.execute(pacer);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        pacers.forEach(Pacer::stop);
    }

    @Override
    public @Nullable String failure() {
        return failure.get();
    }

    @Override
    public void connected(Session session) {
        ClientLoop loop = session.loop();
        loop.meter().operation(session.dueNanos(), loop.arrivalNanos());
        session.leave();
        again(loop, 0);
    }

    @Override
    public void failed(Session session, String reason) {
        failure.compareAndSet(null, reason);
        session.loop().meter().failed();
        again(session.loop(), RETRY_NANOS);
    }

    @Override
    public void acknowledged(Session session, long stamp) {}

    @Override
    public void delivered(Session session, long stamp) {}

    @Override
    public void disconnected(Session session, String reason) {}

    private void again(ClientLoop loop, long pauseNanos) {
        if (!closed || stopped) {
            return;
        }
        if (pauseNanos == 0) {
            connect(loop, loop.nanos());
        } else {
            loop.schedule(() -> connect(loop, loop.nanos()), pauseNanos);
        }
    }

    private void connect(ClientLoop loop, long due) {
        if (stopped) {
            return;
        }
        loop.meter().sent(0, 1);
        loop.open(numbers.getAndIncrement(), false, due);
    }
}
