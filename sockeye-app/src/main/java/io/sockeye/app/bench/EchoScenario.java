// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import io.sockeye.app.bench.client.ClientLoop;
import io.sockeye.app.bench.client.ClientLoops;
import io.sockeye.app.bench.client.Session;
import io.sockeye.app.bench.client.SessionListener;
import io.sockeye.app.bench.wire.PacketTemplate;
import io.sockeye.app.bench.wire.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that are acknowledged: one after the other on each connection, or at scheduled times on one after the other. */
final class EchoScenario implements Scenario, Traffic {
    private final BenchSettings settings;
    private final Crowd crowd;
    private final PacketTemplate packet;
    private final boolean closed;
    private final List<Pacer> pacers = new ArrayList<>();
    private List<ClientLoop> loops = List.of();
    private volatile boolean stopped;

    EchoScenario(BenchSettings settings) {
        this.settings = settings;
        crowd = new Crowd(settings.load().connections(), 0, settings.pace().connectRate(), this);
        packet = settings.target().format().echo(settings.load().payloadBytes());
        closed = settings.pace().rate().isEmpty();
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
    public void prepare(ClientLoops clientLoops, Progress progress) throws InterruptedException {
        loops = clientLoops.all();
        crowd.open(clientLoops, progress);
    }

    @Override
    public void start() {
        for (ClientLoop loop : loops) {
            List<Session> sessions = crowd.on(loop);
            if (sessions.isEmpty()) {
                continue;
            }
            if (closed) {
                loop.execute(() -> sessions.forEach(this::fill));
            } else {
                Turns turns = new Turns(sessions);
                Pacer pacer = new Pacer(
                        loop, loops.size(), settings.pace().rate().getAsDouble(), due -> ask(turns.next(), due));
                pacers.add(pacer);
                loop.execute(pacer);
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
        pacers.forEach(Pacer::stop);
    }

    @Override
    public void acknowledged(Session session, long stamp) {
        ClientLoop loop = session.loop();
        if (stamp == Stamp.NONE) {
            loop.meter().error();
            return;
        }
        long now = loop.arrivalNanos();
        loop.meter().operation(Stamp.nanos(stamp), now);
        if (closed && !stopped) {
            ask(session, now);
        }
    }

    private void fill(Session session) {
        for (int i = 0; i < settings.pace().inFlight(); i++) {
            ask(session, session.loop().nanos());
        }
    }

    private void ask(Session session, long due) {
        session.loop().meter().sent(1, 1);
        session.send(packet, Stamp.of(due, 0));
    }

    /** Sessions, each in its turn. */
    private static final class Turns {
        private final List<Session> sessions;
        private int next;

        Turns(List<Session> sessions) {
            this.sessions = sessions;
        }

        Session next() {
            Session session = sessions.get(next);
            next = next + 1 == sessions.size() ? 0 : next + 1;
            return session;
        }
    }
}
