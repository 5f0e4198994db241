// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import io.sockeye.internal.transport.Drainable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the connections of a server one after the other, spread over a time, each once nothing of it is under way. {@link #run}: one
 * thread. {@link #cut}: any thread.
 */
final class Drain {
    private static final long PAUSE_MILLIS = 20;

    private final List<Drainable> connections;
    private final long start = System.nanoTime();
    private final long windowNanos;
    private final long deadlineNanos;
    private final CountDownLatch cut = new CountDownLatch(1);

    /**
     * A drain that begins now.
     *
     * @param window how long it takes until the last connection is asked to end
     * @param deadline how long the whole closing of the server may take
     */
    Drain(List<Drainable> connections, Duration window, Duration deadline) {
        this.connections = new ArrayList<>(connections);
        Collections.shuffle(this.connections);
        this.windowNanos = window.toNanos();
        this.deadlineNanos = deadline.toNanos();
    }

    /** Nanoseconds that are left for the closing of the server. */
    long left() {
        return Math.max(0, deadlineNanos - elapsed());
    }

    private long elapsed() {
        return System.nanoTime() - start;
    }

    /** A quarter of what follows the window is for the close, which waits for nothing but what was sent. */
    private boolean over() {
        return cut.getCount() == 0 || elapsed() > deadlineNanos - (deadlineNanos - windowNanos) / 4;
    }

    /** Has {@link #run} end early; what is open then stays. */
    void cut() {
        cut.countDown();
    }

    /** Asks all of them to end, and waits until they have or time is up. */
    void run() throws InterruptedException {
        int count = connections.size();
        for (int i = 0; i < count && !over(); i++) {
            long due = (long) ((double) windowNanos / count * i);
            if (!cut.await(due - elapsed(), TimeUnit.NANOSECONDS)) {
                Drainable connection = connections.get(i);
                connection.loop().execute(new Farewell(connection));
            }
        }
        for (int i = 0; i < count && !over(); ) {
            if (connections.get(i).isOpen()) {
                boolean ignored = cut.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                i++;
            }
        }
    }

    /** Ends one connection. Its loop only. */
    /* A handler that has ended has posted its answer to the loop before. So what looks idle is asked again by a task behind all that was
     * posted so far.
     */
    private final class Farewell implements Runnable {
        private final Drainable connection;
        private boolean idle;

        Farewell(Drainable connection) {
            this.connection = connection;
        }

        @Override
        public void run() {
            if (!connection.isOpen() || over()) {
                return;
            }
            if (connection.busy()) {
                idle = false;
                connection.loop().schedule(this, PAUSE_MILLIS);
            } else if (idle) {
                connection.goAway();
            } else {
                idle = true;
                connection.loop().execute(this);
            }
        }
    }
}
