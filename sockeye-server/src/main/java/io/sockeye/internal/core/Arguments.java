// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.event.Args;
import org.jspecify.annotations.Nullable;

/** How a payload of a declared type stands for the arguments of an event: none for Void, all for Args, else the first. */
final class Arguments {
    private static final @Nullable Object[] NONE = {};

    private Arguments() {}

    /** The arguments to send. */
    static @Nullable Object[] of(Class<?> type, @Nullable Object payload) {
        return type == Void.class ? NONE : new @Nullable Object[] {payload};
    }

    /**
     * The payload that came.
     *
     * @throws io.sockeye.event.PayloadException if the arguments do not fit the type
     */
    static <T> @Nullable T bind(Args args, Class<T> type) {
        if (type == Void.class) {
            return null;
        }
        if (type == Args.class) {
            return type.cast(args);
        }
        return args.get(0, type);
    }
}
