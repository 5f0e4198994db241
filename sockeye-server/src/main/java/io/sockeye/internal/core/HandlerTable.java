// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.AnyHandler;
import io.sockeye.api.ConnectHandler;
import io.sockeye.api.ConnectMiddleware;
import io.sockeye.api.DisconnectHandler;
import io.sockeye.api.EventMiddleware;
import io.sockeye.api.InvalidPayloadHandler;
import io.sockeye.api.OutgoingHandler;
import io.sockeye.api.PayloadValidator;
import io.sockeye.api.Policy;
import io.sockeye.event.EventNames;
import io.sockeye.spi.EventObserver;
import io.sockeye.spi.ServerObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of one namespace. Filled by one thread until it is frozen at the start of the server; read by any thread
 * afterwards.
 */
final class HandlerTable {
    private final String namespace;
    private List<ConnectMiddleware> connectMiddleware = new ArrayList<>();
    private List<EventMiddleware> eventMiddleware = new ArrayList<>();
    private List<ConnectHandler> connectHandlers = new ArrayList<>();
    private List<DisconnectHandler> disconnectingHandlers = new ArrayList<>();
    private List<DisconnectHandler> disconnectHandlers = new ArrayList<>();
    private List<AnyHandler> anyHandlers = new ArrayList<>();
    private List<OutgoingHandler> outgoing = new ArrayList<>();
    private List<InvalidPayloadHandler> invalidPayload = new ArrayList<>();
    private Map<String, EventBinding> events = new HashMap<>();
    private @Nullable Policy policy;
    private @Nullable PayloadValidator validator;
    /** Of events that are not in this table. */
    private final List<EventObserver> others = new ArrayList<>();

    private boolean frozen;

    HandlerTable(String namespace) {
        this.namespace = namespace;
    }

    void freeze(List<ServerObserver> observers) {
        connectMiddleware = List.copyOf(connectMiddleware);
        eventMiddleware = List.copyOf(eventMiddleware);
        connectHandlers = List.copyOf(connectHandlers);
        disconnectingHandlers = List.copyOf(disconnectingHandlers);
        disconnectHandlers = List.copyOf(disconnectHandlers);
        anyHandlers = List.copyOf(anyHandlers);
        outgoing = List.copyOf(outgoing);
        invalidPayload = List.copyOf(invalidPayload);
        for (ServerObserver observer : observers) {
            events.replaceAll((event, binding) -> binding.observed(observer.events(namespace, event)));
            others.add(observer.events(namespace, ServerObserver.OTHER));
        }
        events = Map.copyOf(events);
        frozen = true;
    }

    /** A call of a handler that is not in this table, in view of who observes. */
    EventBinding.Call observed(EventBinding.Call call) {
        EventBinding.Call observed = call;
        for (EventObserver other : others) {
            observed = new ObservedEvents(other, observed);
        }
        return observed;
    }

    private void requireOpen() {
        if (frozen) {
            throw new IllegalStateException("handlers of namespace " + namespace
                    + " were registered after the server started; register them before start()");
        }
    }

    void addConnectMiddleware(ConnectMiddleware middleware) {
        requireOpen();
        connectMiddleware.add(middleware);
    }

    void addEventMiddleware(EventMiddleware middleware) {
        requireOpen();
        eventMiddleware.add(middleware);
    }

    void addConnectHandler(ConnectHandler handler) {
        requireOpen();
        connectHandlers.add(handler);
    }

    void addDisconnectingHandler(DisconnectHandler handler) {
        requireOpen();
        disconnectingHandlers.add(handler);
    }

    void addDisconnectHandler(DisconnectHandler handler) {
        requireOpen();
        disconnectHandlers.add(handler);
    }

    void addAnyHandler(AnyHandler handler) {
        requireOpen();
        anyHandlers.add(handler);
    }

    void prependAnyHandler(AnyHandler handler) {
        requireOpen();
        anyHandlers.add(0, handler);
    }

    void addOutgoing(OutgoingHandler handler) {
        requireOpen();
        outgoing.add(handler);
    }

    void prependOutgoing(OutgoingHandler handler) {
        requireOpen();
        outgoing.add(0, handler);
    }

    void addInvalidPayloadHandler(InvalidPayloadHandler handler) {
        requireOpen();
        invalidPayload.add(handler);
    }

    void setPolicy(Policy value) {
        requireOpen();
        requireFirst(policy, "policy", "put all rules into one");
        policy = value;
    }

    void setValidator(PayloadValidator value) {
        requireOpen();
        requireFirst(validator, "validator", "make one that asks both");
        validator = value;
    }

    private void requireFirst(@Nullable Object present, String what, String advice) {
        if (present != null) {
            throw new IllegalStateException("namespace " + namespace + " has a " + what + " already; " + advice);
        }
    }

    void put(String event, EventBinding binding) {
        requireOpen();
        EventNames.requireUsable(event);
        if (events.putIfAbsent(event, binding) != null) {
            throw new IllegalStateException(
                    "event \"" + event + "\" of namespace " + namespace + " has a handler already; it can have one");
        }
    }

    List<ConnectMiddleware> connectMiddleware() {
        return connectMiddleware;
    }

    List<EventMiddleware> eventMiddleware() {
        return eventMiddleware;
    }

    List<ConnectHandler> connectHandlers() {
        return connectHandlers;
    }

    List<DisconnectHandler> disconnectingHandlers() {
        return disconnectingHandlers;
    }

    List<DisconnectHandler> disconnectHandlers() {
        return disconnectHandlers;
    }

    List<AnyHandler> anyHandlers() {
        return anyHandlers;
    }

    List<OutgoingHandler> outgoing() {
        return outgoing;
    }

    List<InvalidPayloadHandler> invalidPayloadHandlers() {
        return invalidPayload;
    }

    @Nullable
    Policy policy() {
        return policy;
    }

    @Nullable
    PayloadValidator validator() {
        return validator;
    }

    @Nullable
    EventBinding event(String name) {
        return events.get(name);
    }

    /** Whether some events are handled on the event loop. */
    boolean anyRunsOnLoop() {
        return events.values().stream().anyMatch(this::runsOnLoop);
    }

    /** Whether an event of this name is handled by code that never blocks, middleware included. */
    boolean runsOnLoop(@Nullable EventBinding binding) {
        return binding != null
                && binding.nonBlocking()
                && eventMiddleware.isEmpty()
                && anyHandlers.isEmpty()
                && outgoing.isEmpty();
    }
}
