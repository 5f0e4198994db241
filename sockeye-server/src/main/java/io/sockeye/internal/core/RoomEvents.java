// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.LimitHit;
import io.sockeye.api.RoomListener;
import io.sockeye.internal.execution.SerialQueue;
import io.sockeye.internal.limits.LimitCounters;
import io.sockeye.internal.transport.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of the rooms of one namespace. Listeners are added before the start; told from any thread. */
/* The index reports a change while it makes it, so that reports of one room are in order; here they are only put in line. */
final class RoomEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RoomEvents.class);

    private static final int MOST_WAITING = 100_000;

    private final Executor executor;
    private final LimitCounters counters;
    private final Failures failures;
    private final AtomicInteger waiting = new AtomicInteger();
    private final String namespace;
    private final @Nullable RoomEvents wider;
    private final List<RoomListener> listeners = new ArrayList<>(0);
    private boolean frozen;

    /** Null while nobody listens. */
    private @Nullable SerialQueue line;

    /** @param wider what else is told of the rooms: the listeners that several namespaces share */
    RoomEvents(String namespace, CoreSettings settings, @Nullable RoomEvents wider) {
        this.namespace = namespace;
        this.executor = settings.executor();
        this.counters = settings.rates().counters();
        this.failures = settings.failures();
        this.wider = wider;
    }

    /** No listener can be added any more. */
    void freeze() {
        frozen = true;
    }

    void add(RoomListener listener) {
        if (frozen) {
            throw new IllegalStateException("a room listener of namespace " + namespace
                    + " was added too late; add it before start(), an adapter when it is created");
        }
        listeners.add(listener);
        if (line == null) {
            line = new SerialQueue(executor, new SerialQueue.Bounds(Integer.MAX_VALUE, Long.MAX_VALUE), open -> {});
        }
    }

    void joined(String room, String socketId, boolean created) {
        if (wider != null) {
            wider.joined(room, socketId, created);
        }
        tellLater(listener -> {
            if (created) {
                listener.created(room);
            }
            listener.joined(room, socketId);
        });
    }

    void left(String room, String socketId, boolean deleted) {
        if (wider != null) {
            wider.left(room, socketId, deleted);
        }
        tellLater(listener -> {
            listener.left(room, socketId);
            if (deleted) {
                listener.deleted(room);
            }
        });
    }

    /** Nobody can be told to wait: beyond the bound listeners are not told. */
    private void tellLater(Consumer<RoomListener> event) {
        SerialQueue queue = line;
        if (queue == null) {
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            counters.count(LimitHit.ROOM_EVENTS);
            return;
        }
        queue.offer(
                () -> {
                    waiting.decrementAndGet();
                    tell(event);
                },
                0);
    }

    private void tell(Consumer<RoomListener> event) {
        for (RoomListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                failures.warn(LOG, "a room listener failed", e);
            }
        }
    }
}
