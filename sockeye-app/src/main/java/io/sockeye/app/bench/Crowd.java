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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The sessions that are set up before the traffic and stay. Reports come on event loops; the rest is the test's thread. */
final class Crowd implements SessionListener {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int size;
    private final int stalled;
    private final int connectRate;
    private final Traffic traffic;
    private final AtomicReferenceArray<Session> sessions;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicInteger stalledLost = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private volatile boolean joining;

    /**
     * A crowd.
     *
     * @param stalled how many of it, the first ones, will stop reading
     */
    Crowd(int size, int stalled, int connectRate, Traffic traffic) {
        this.size = size;
        this.stalled = stalled;
        this.connectRate = connectRate;
        this.traffic = traffic;
        sessions = new AtomicReferenceArray<>(size);
    }

    /** Sets up all sessions. */
    void open(ClientLoops loops, Progress progress) throws InterruptedException {
        for (ClientLoop loop : loops.all()) {
            int step = loops.all().size();
            Ramp ramp = new Ramp(loop, loop.index(), step, (double) connectRate / step);
            loop.execute(ramp);
        }
        await(connected, size, "connected", progress);
    }

    /** Has sessions join rooms and waits for the acknowledgements. */
    void join(IntFunction<@Nullable PacketTemplate> packets, Progress progress) throws InterruptedException {
        joined.set(0);
        joining = true;
        int sent = 0;
        for (int number = 0; number < size; number++) {
            PacketTemplate packet = packets.apply(number);
            if (packet != null) {
                Session session = sessions.get(number);
                session.loop().execute(() -> session.send(packet, Stamp.NONE));
                sent++;
            }
        }
        await(joined, sent, "in their rooms", progress);
        joining = false;
    }

    /** The first sessions stop reading. */
    void stall() {
        for (int number = 0; number < stalled; number++) {
            Session session = sessions.get(number);
            session.loop().execute(session::stall);
        }
    }

    Session session(int number) {
        return sessions.get(number);
    }

    /** The sessions of one loop. */
    List<Session> on(ClientLoop loop) {
        List<Session> found = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            if (sessions.get(number).loop() == loop) {
                found.add(sessions.get(number));
            }
        }
        return found;
    }

    /** Sessions that had stopped reading and were disconnected. */
    int stalledLost() {
        return stalledLost.get();
    }

    @Override
    public void connected(Session session) {
        sessions.set(session.number(), session);
        connected.incrementAndGet();
    }

    @Override
    public void failed(Session session, String reason) {
        failure.compareAndSet(null, reason);
    }

    @Override
    public void acknowledged(Session session, long stamp) {
        if (joining) {
            joined.incrementAndGet();
        } else {
            traffic.acknowledged(session, stamp);
        }
    }

    @Override
    public void delivered(Session session, long stamp) {
        traffic.delivered(session, stamp);
    }

    @Override
    public void disconnected(Session session, String reason) {
        if (session.stalled()) {
            stalledLost.incrementAndGet();
        } else {
            session.loop().meter().disconnect();
            failure.compareAndSet(null, reason);
        }
    }

    /** Why the first session was lost, or null. */
    @Nullable
    String failure() {
        return failure.get();
    }

    private void await(AtomicInteger count, int wanted, String what, Progress progress) throws InterruptedException {
        int last = 0;
        long changed = System.nanoTime();
        long shown = changed;
        while (count.get() < wanted) {
            String reason = failure.get();
            int now = count.get();
            long time = System.nanoTime();
            if (now != last) {
                last = now;
                changed = time;
            }
            if (reason != null || time - changed > PATIENCE_NANOS) {
                String why = reason == null ? "nothing came for 20 s" : reason;
                throw new BenchFailed(now + " of " + wanted + " sessions are " + what + ", then: " + why);
            }
            if (time - shown >= SECOND_NANOS) {
                shown = time;
                progress.line(now + " of " + wanted + " " + what);
            }
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(POLL_NANOS);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Opens the sessions of one loop at a rate, few at a time. Event loop only. */
    private final class Ramp implements Runnable {
        private static final int UNDER_WAY = 300;
        private static final long STEP_NANOS = 5_000_000;

        private final ClientLoop loop;
        private final int step;
        private final double rate;
        private final long startNanos;
        private int next;
        private int opened;

        Ramp(ClientLoop loop, int first, int step, double rate) {
            this.loop = loop;
            next = first;
            this.step = step;
            this.rate = rate;
            startNanos = loop.nanos();
        }

        @Override
        public void run() {
            double due = rate * (loop.nanos() - startNanos) / SECOND_NANOS;
            while (next < size && opened < due && opened - connected.get() / step < UNDER_WAY) {
                loop.open(next, next < stalled, loop.nanos());
                next += step;
                opened++;
            }
            if (next < size && failure.get() == null) {
                loop.schedule(this, STEP_NANOS);
            }
        }
    }
}
