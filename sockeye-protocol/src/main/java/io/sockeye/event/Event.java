// SPDX-License-Identifier: Apache-2.0
package io.sockeye.event;

import java.util.Objects;

/**
 * The name of an event together with the type of its one argument.
 *
 * <p>Declared once as a constant, it makes a wrong payload a compile error on both sides of an event. A payload type of
 * {@code Void.class} stands for an event without arguments. Events with several arguments take {@link Args}.
 *
 * @param <T> the type of the payload
 */
public final class Event<T> {
    private final String name;
    private final Class<T> payload;

    private Event(String name, Class<T> payload) {
        this.name = EventNames.requireUsable(name);
        this.payload = Objects.requireNonNull(payload, "payload");
    }

    /**
     * Describes an event.
     *
     * @throws IllegalArgumentException if the name is reserved by Socket.IO, see {@link EventNames}
     */
    public static <T> Event<T> of(String name, Class<T> payload) {
        return new Event<>(name, payload);
    }

    public String name() {
        return name;
    }

    public Class<T> payload() {
        return payload;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Event<?> event && name.equals(event.name) && payload.equals(event.payload);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + payload.hashCode();
    }

    @Override
    public String toString() {
        return "Event[" + name + ": " + payload.getSimpleName() + "]";
    }
}
