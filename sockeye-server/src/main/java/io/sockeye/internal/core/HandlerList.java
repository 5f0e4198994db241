// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Handlers of one kind that one socket has, in order. Any thread: the list is replaced, never changed, so that a walk goes over
 * what was there when it began.
 */
final class HandlerList<H> {
    private final Runnable onRemoved;

    private final ReentrantLock lock = new ReentrantLock();
    /** Written under lock. */
    private volatile List<Registered<H>> all = List.of();

    HandlerList() {
        this(() -> {});
    }

    /**
     * An empty list.
     *
     * @param onRemoved told of each handler that was removed
     */
    HandlerList(Runnable onRemoved) {
        this.onRemoved = onRemoved;
    }

    Registered<H> append(H handler) {
        Registered<H> added = new Registered<>(handler, false, this::drop);
        replace(before -> Registered.joined(before, List.of(added)));
        return added;
    }

    Registered<H> prepend(H handler) {
        Registered<H> added = new Registered<>(handler, false, this::drop);
        replace(before -> Registered.joined(List.of(added), before));
        return added;
    }

    private void drop(Registered<H> removed) {
        replace(before -> Registered.without(before, removed));
        onRemoved.run();
    }

    private void replace(UnaryOperator<List<Registered<H>>> change) {
        lock.lock();
        try {
            all = change.apply(all);
        } finally {
            lock.unlock();
        }
    }

    List<Registered<H>> all() {
        return all;
    }

    List<H> handlers() {
        return all.stream().map(Registered::handler).toList();
    }

    void clear() {
        all.forEach(Registered::remove);
    }
}
