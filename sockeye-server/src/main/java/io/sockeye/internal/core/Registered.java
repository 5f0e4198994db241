// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A handler of one socket, until it is removed. Any thread. */
final class Registered<H> implements Registration {
    private final H handler;
    private final boolean once;
    private final Consumer<Registered<H>> drop;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Wraps a handler.
     *
     * @param once whether it is called for one event only
     * @param drop takes it from the list it is in
     */
    Registered(H handler, boolean once, Consumer<Registered<H>> drop) {
        this.handler = handler;
        this.once = once;
        this.drop = drop;
    }

    H handler() {
        return handler;
    }

    @Override
    public boolean remove() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        drop.accept(this);
        return true;
    }

    /** Whether it is to be called now. */
    boolean claim() {
        return once ? remove() : !over.get();
    }

    /** Two lists in one. */
    static <E> List<E> joined(List<E> before, List<E> after) {
        List<E> all = new ArrayList<>(before.size() + after.size());
        all.addAll(before);
        all.addAll(after);
        return List.copyOf(all);
    }

    /** A list with one less. */
    static <E> List<E> without(List<E> before, E one) {
        return before.stream().filter(entry -> entry != one).toList();
    }
}
