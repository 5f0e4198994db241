// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Broadcast;
import io.sockeye.event.Event;
import java.util.ArrayList;
import java.util.List;
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
        return with(new BroadcastRequest(
                joined(request.rooms(), rooms), request.except(), request.droppable(), request.local()));
    }

    @Override
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    @Override
    public Broadcast except(String... rooms) {
        return with(new BroadcastRequest(
                request.rooms(), joined(request.except(), rooms), request.droppable(), request.local()));
    }

    @Override
    public Broadcast local() {
        return with(new BroadcastRequest(request.rooms(), request.except(), request.droppable(), true));
    }

    @Override
    public Broadcast droppable() {
        return with(new BroadcastRequest(request.rooms(), request.except(), true, request.local()));
    }

    private Broadcast with(BroadcastRequest changed) {
        return new BroadcastImpl(namespace, changed);
    }

    private static List<String> joined(List<String> before, String... more) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return List.copyOf(all);
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
}
