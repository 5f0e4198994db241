// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Broadcast;
import io.sockeye.event.Event;
import io.sockeye.event.EventNames;
import org.jspecify.annotations.Nullable;

/** A choice of sockets of all children of one parent. Immutable. */
final class ParentBroadcast implements Broadcast {
    private final ParentNamespace parent;
    private final BroadcastRequest request;

    ParentBroadcast(ParentNamespace parent, BroadcastRequest request) {
        this.parent = parent;
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
        return new ParentBroadcast(parent, changed);
    }

    @Override
    public void emit(Event<Void> event) {
        send(event.name(), Arguments.NONE);
    }

    @Override
    public <T> void emit(Event<T> event, T payload) {
        send(event.name(), Arguments.of(event.payload(), payload));
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        send(event, arguments);
    }

    /** Encodes once for each child, since a packet bears the name of its namespace. */
    private void send(String event, @Nullable Object[] arguments) {
        EventNames.requireUsable(event);
        for (NamespaceImpl child : parent.children()) {
            if (child.size() > 0) {
                child.broadcast(request, event, arguments);
            }
        }
    }
}
