// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.RoomListener;
import io.sockeye.internal.execution.SerialQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of the rooms of one namespace. Listeners are added before the start; told from any thread. */
/* The index reports a change while it makes it, so that reports of one room are in order; here they are only put in line. */
final class RoomEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RoomEvents.class);

    private final Executor executor;
    private final List<RoomListener> listeners = new ArrayList<>(0);

    /** Null while nobody listens. */
    private @Nullable SerialQueue line;

    RoomEvents(Executor executor) {
        this.executor = executor;
    }

    void add(RoomListener listener) {
        listeners.add(listener);
        if (line == null) {
            line = new SerialQueue(executor, new SerialQueue.Bounds(Integer.MAX_VALUE, Long.MAX_VALUE), open -> {});
        }
    }

    void joined(String room, String socketId, boolean created) {
        SerialQueue queue = line;
        if (queue != null) {
            queue.offer(
                    () -> tell(listener -> {
                        if (created) {
                            listener.created(room);
                        }
                        listener.joined(room, socketId);
                    }),
                    0);
        }
    }

    void left(String room, String socketId, boolean deleted) {
        SerialQueue queue = line;
        if (queue != null) {
            queue.offer(
                    () -> tell(listener -> {
                        listener.left(room, socketId);
                        if (deleted) {
                            listener.deleted(room);
                        }
                    }),
                    0);
        }
    }

    private void tell(Consumer<RoomListener> event) {
        for (RoomListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.warn("a room listener failed", e);
            }
        }
    }
}
