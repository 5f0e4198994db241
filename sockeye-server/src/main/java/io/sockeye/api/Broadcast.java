// SPDX-License-Identifier: Apache-2.0
package io.sockeye.api;

import io.sockeye.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * A choice of sockets and a way to send to them. Immutable: every method returns a new choice, so that one can be kept and
 * refined. Any thread. Packets that one thread broadcasts reach each socket in that order, each socket once.
 */
public interface Broadcast {
    /**
     * Chooses the members of these rooms too. Without any room, all sockets of the namespace are chosen.
     *
     * @throws IllegalArgumentException if no room is given
     */
    Broadcast to(String... rooms);

    /** The same as {@link #to}. */
    Broadcast in(String... rooms);

    /**
     * Leaves out the members of these rooms. A socket's id is a room that holds it.
     *
     * @throws IllegalArgumentException if no room is given
     */
    Broadcast except(String... rooms);

    /** Sends to sockets of this node only. */
    Broadcast local();

    /** Drops the packet for clients that cannot take it at once ({@code volatile} in Socket.IO). */
    Broadcast droppable();

    /** Sends an event without a payload to each chosen socket. */
    void emit(Event<Void> event);

    /**
     * Sends an event to each chosen socket. The payload is encoded before the method returns.
     *
     * @throws IllegalArgumentException if the payload cannot be written
     */
    <T> void emit(Event<T> event, T payload);

    /**
     * Sends an event with any number of arguments. {@code byte[]} values, at any depth, travel as binary.
     *
     * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
     */
    void emit(String event, @Nullable Object... arguments);

    /** Sends the event {@code message} to each chosen socket. */
    void send(@Nullable Object... arguments);
}
