// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.event.Args;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a payload of a declared type stands for the arguments of an event: none for Void, all for Args, else the first. */
final class Arguments {
    static final @Nullable Object[] NONE = {};

    /** The event that a message without a name is sent as. */
    static final String MESSAGE = "message";

    /** Holds the only value that Void has. */
    private static final List<Void> NOTHING = Collections.singletonList(null);

    private Arguments() {}

    /** The arguments to send. */
    static @Nullable Object[] of(Class<?> type, @Nullable Object payload) {
        return type == Void.class ? NONE : new @Nullable Object[] {payload};
    }

    /** The arguments to send as one value. */
    static Args message(Class<?> type, @Nullable Object payload) {
        return all(of(type, payload));
    }

    /** The arguments to send, of which one {@link Args} stands for all. */
    static Args all(@Nullable Object... arguments) {
        return arguments.length == 1 && arguments[0] instanceof Args args ? args : Args.of(arguments);
    }

    /**
     * The payload that came.
     *
     * @throws io.sockeye.event.PayloadException if the arguments do not fit the type
     */
    static <T> T bind(Args args, Class<T> type) {
        if (type == Void.class) {
            return type.cast(NOTHING.get(0));
        }
        if (type == Args.class) {
            return type.cast(args);
        }
        return args.get(0, type);
    }
}
