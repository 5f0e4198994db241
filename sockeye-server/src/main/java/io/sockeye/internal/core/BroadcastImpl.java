// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Broadcast;
import io.sockeye.event.Event;
import org.jspecify.annotations.Nullable;

/** A choice of sockets of one namespace. Immutable. */
final class BroadcastImpl implements Broadcast {
    private final NamespaceImpl namespace;
    private final BroadcastRequest request;

    BroadcastImpl(NamespaceImpl namespace, BroadcastRequest request) {
        this.namespace = namespace;
        this.request = request;
    }

    @Override
    public Broadcast to(String... rooms) {
        return with(request.to(rooms));
    }

    @Override
    public Broadcast in(String... rooms) {
        return with(request.to(rooms));
    }

    @Override
    public Broadcast except(String... rooms) {
        return with(request.without(rooms));
    }

    @Override
    public Broadcast local() {
        return with(request.asLocal());
    }

    @Override
    public Broadcast droppable() {
        return with(request.asDroppable());
    }

    private Broadcast with(BroadcastRequest changed) {
        return new BroadcastImpl(namespace, changed);
    }

    @Override
    public void emit(Event<Void> event) {
        namespace.broadcast(request, event.name(), Arguments.NONE);
    }

    @Override
    public <T> void emit(Event<T> event, T payload) {
        namespace.broadcast(request, event.name(), Arguments.of(event.payload(), payload));
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        namespace.broadcast(request, event, arguments);
    }

    @Override
    public void send(@Nullable Object... arguments) {
        emit(Arguments.MESSAGE, arguments);
    }
}
