// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** Values by their type, at most one of each. Any thread; an array that is replaced as a whole. */
final class Attributes {
    private static final AtomicReferenceFieldUpdater<Attributes, Object[]> PAIRS =
            AtomicReferenceFieldUpdater.newUpdater(Attributes.class, Object[].class, "pairs");
    private static final Object[] NONE = {};

    /** Types at even, values at odd positions. */
    private volatile Object[] pairs = NONE;

    <T> void put(Class<T> type, T value) {
        Object[] before;
        Object[] after;
        do {
            before = pairs;
            after = with(before, type, value);
        } while (!PAIRS.compareAndSet(this, before, after));
    }

    /** The value that is there, or the given one, put there. */
    <T> T putIfAbsent(Class<T> type, T value) {
        while (true) {
            Object[] before = pairs;
            T present = find(before, type);
            if (present != null) {
                return present;
            }
            if (PAIRS.compareAndSet(this, before, with(before, type, value))) {
                return value;
            }
        }
    }

    /** Takes over the values of types that have none here. */
    void adopt(Attributes earlier) {
        Object[] others = earlier.pairs;
        for (int i = 0; i < others.length; i += 2) {
            adopt((Class<?>) others[i], others[i + 1]);
        }
    }

    private <T> void adopt(Class<T> type, Object value) {
        putIfAbsent(type, type.cast(value));
    }

    private static Object[] with(Object[] pairs, Class<?> type, Object value) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] == type) {
                Object[] copy = pairs.clone();
                copy[i + 1] = value;
                return copy;
            }
        }
        Object[] copy = Arrays.copyOf(pairs, pairs.length + 2);
        copy[pairs.length] = type;
        copy[pairs.length + 1] = value;
        return copy;
    }

    <T> @Nullable T get(Class<T> type) {
        return find(pairs, type);
    }

    private static <T> @Nullable T find(Object[] current, Class<T> type) {
        for (int i = 0; i < current.length; i += 2) {
            if (current[i] == type) {
                return type.cast(current[i + 1]);
            }
        }
        return null;
    }
}
