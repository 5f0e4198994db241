// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import java.util.Objects;

/**
 * The name of an event that is answered, with the types of its one argument and of the answer.
 *
 * <p>The answer travels as a Socket.IO acknowledgement. {@code Void.class} stands for no argument, and for an answer
 * that only says that the event was handled.
 *
 * @param <T> the type of the payload
 * @param <R> the type of the answer
 */
public final class Request<T, R> {
    private final String name;
    private final Class<T> payload;
    private final Class<R> reply;

    private Request(String name, Class<T> payload, Class<R> reply) {
        this.name = EventNames.requireUsable(name);
        this.payload = Objects.requireNonNull(payload, "payload");
        this.reply = Objects.requireNonNull(reply, "reply");
    }

    /**
     * Describes an event that is answered.
     *
     * @throws IllegalArgumentException if the name is reserved by Socket.IO, see {@link EventNames}
     */
    public static <T, R> Request<T, R> of(String name, Class<T> payload, Class<R> reply) {
        return new Request<>(name, payload, reply);
    }

    public String name() {
        return name;
    }

    public Class<T> payload() {
        return payload;
    }

    public Class<R> reply() {
        return reply;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Request<?, ?> request
                && name.equals(request.name)
                && payload.equals(request.payload)
                && reply.equals(request.reply);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + payload.hashCode()) + reply.hashCode();
    }

    @Override
    public String toString() {
        return "Request[" + name + ": " + payload.getSimpleName() + " -> " + reply.getSimpleName() + "]";
    }
}
