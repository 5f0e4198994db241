// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.SendResult;
import io.sockeye.api.Socket;
import io.sockeye.event.Event;
import org.jspecify.annotations.Nullable;

/** A socket of which all that is sent goes through one method. */
interface SendingSocket extends Socket {
    /**
     * Sends an event.
     *
     * @param droppable whether to drop it if the client is behind
     * @param key what it replaces while it waits, or null
     */
    SendResult emit(String event, @Nullable Object[] arguments, boolean droppable, @Nullable String key);

    @Override
    default SendResult send(@Nullable Object... arguments) {
        return emit(Arguments.MESSAGE, arguments, false, null);
    }

    @Override
    default SendResult emit(Event<Void> event) {
        return emit(event.name(), Arguments.NONE, false, null);
    }

    @Override
    default <T> SendResult emit(Event<T> event, T payload) {
        return emit(event.name(), Arguments.of(event.payload(), payload), false, null);
    }

    @Override
    default SendResult emit(String event, @Nullable Object... arguments) {
        return emit(event, arguments, false, null);
    }

    @Override
    default <T> SendResult emitDroppable(Event<T> event, T payload) {
        return emit(event.name(), Arguments.of(event.payload(), payload), true, null);
    }

    @Override
    default SendResult emitDroppable(String event, @Nullable Object... arguments) {
        return emit(event, arguments, true, null);
    }

    @Override
    default <T> SendResult emitLatest(String key, Event<T> event, T payload) {
        return emit(event.name(), Arguments.of(event.payload(), payload), false, key);
    }

    @Override
    default SendResult emitLatest(String key, String event, @Nullable Object... arguments) {
        return emit(event, arguments, false, key);
    }
}
