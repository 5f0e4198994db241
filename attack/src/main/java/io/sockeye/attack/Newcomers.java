// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Well-behaved clients that come while a server is attacked: twice a second one opens a session, joins a room and goes. Any thread. */
final class Newcomers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LEAVING = Duration.ofSeconds(30);

    private final int port;
    private final AtomicInteger refused = new AtomicInteger();
    /** Set before the thread is interrupted, which looks like a refusal to one that is coming. */
    private volatile boolean finished;

    private final Thread thread = new Thread(this::run, "newcomers");

    Newcomers(int port) {
        this.port = port;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!finished) {
                come();
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void come() {
        try {
            Bystander.join(port, new RoomLog()).channel().close();
        } catch (IOException e) {
            if (!finished) {
                refused.incrementAndGet();
            }
        }
    }

    /** Lets no more come; returns how many were not let in. */
    int finish() throws InterruptedException {
        close();
        return refused.get();
    }

    @Override
    public void close() throws InterruptedException {
        finished = true;
        thread.interrupt();
        thread.join(LEAVING.toMillis());
    }
}
