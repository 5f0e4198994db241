// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;

/**
 * Well-behaved clients: each asks for an echo twice a second, one of them sends to the room of all four times a second. All live on
 * one thread of their own; the methods may be called by any other.
 */
final class Bystanders implements AutoCloseable {
    private static final long ECHO_NANOS = Duration.ofMillis(500).toNanos();
    private static final long PUBLISH_NANOS = Duration.ofMillis(250).toNanos();
    private static final int SELECT_MILLIS = 5;
    private static final int JOIN_SECONDS = 10;

    private final Selector selector = Selector.open();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread = new Thread(this::run, "bystanders");
    private volatile boolean closed;

    // Guarded by lock.

    private final List<Bystander> all = new ArrayList<>();
    private final RoomLog room = new RoomLog();
    private Histogram roundTrips = newHistogram();
    private boolean paused;
    private long nextPublish = System.nanoTime();

    Bystanders(int port, int count) throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                Bystander bystander = Bystander.join(port, room);
                bystander.begin(System.nanoTime() + ECHO_NANOS * i / count);
                bystander.channel().register(selector, SelectionKey.OP_READ, bystander);
                all.add(bystander);
            }
        } catch (IOException e) {
            end();
            throw e;
        }
        thread.setDaemon(true);
        thread.start();
    }

    private static Histogram newHistogram() {
        return new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(SELECT_MILLIS);
                turn();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            end();
        }
    }

    private void turn() {
        lock.lock();
        try {
            for (SelectionKey key : selector.selectedKeys()) {
                ((Bystander) key.attachment()).read(roundTrips);
            }
            selector.selectedKeys().clear();
            long now = System.nanoTime();
            if (!paused) {
                all.forEach(bystander -> bystander.echo(now, ECHO_NANOS));
                publish(now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void publish(long now) {
        if (now >= nextPublish) {
            nextPublish = now + PUBLISH_NANOS;
            all.stream().filter(Bystander::connected).findFirst().ifPresent(first -> first.publish(room.publish(now)));
        }
    }

    /** Begins to measure anew. */
    void begin() {
        lock.lock();
        try {
            roundTrips = newHistogram();
            long now = System.nanoTime();
            int i = 0;
            for (Bystander bystander : all) {
                bystander.begin(now + ECHO_NANOS * i++ / all.size());
            }
            nextPublish = now;
            paused = false;
        } finally {
            lock.unlock();
        }
    }

    /** Sends no more, and waits until all has come or the time is over. */
    Experience finish(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        setPaused();
        while (missing() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        lock.lock();
        try {
            return new Experience(
                    Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(roundTrips.getValueAtPercentile(50))),
                    Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(roundTrips.getValueAtPercentile(99))),
                    Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(roundTrips.getMaxValue())),
                    roundTrips.getTotalCount(),
                    missing());
        } finally {
            lock.unlock();
        }
    }

    private void setPaused() {
        lock.lock();
        try {
            paused = true;
        } finally {
            lock.unlock();
        }
    }

    private long missing() {
        lock.lock();
        try {
            return all.stream().mapToLong(Bystander::missing).sum();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        try {
            for (Bystander bystander : all) {
                bystander.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(Duration.ofSeconds(JOIN_SECONDS).toMillis());
    }
}
