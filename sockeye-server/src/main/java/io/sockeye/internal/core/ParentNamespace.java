// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.Registration;
import io.sockeye.api.Socket;
import io.sockeye.spi.Adapter;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.ServerObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What the namespaces of one kind have in common: their handlers, and a way to reach the sockets of all of them. No client joins
 * it. Any thread; handlers are added before the start.
 */
final class ParentNamespace implements DeclaredNamespace {
    /** Holds the handlers that children share; has no sockets. */
    private final NamespaceImpl template;

    private final Adapter adapter;
    private final BroadcastImpl everyone;

    /** Changed with the table's entry of the child. */
    private final ConcurrentHashMap<String, NamespaceImpl> children = new ConcurrentHashMap<>();

    ParentNamespace(String name, CoreSettings settings) {
        this.template = new NamespaceImpl(name, settings);
        this.adapter = new ParentAdapter(children.values());
        this.everyone = new BroadcastImpl(adapter, template.completions(), BroadcastOptions.ALL);
    }

    void freeze(List<ServerObserver> observers) {
        template.freeze(observers);
    }

    @Override
    public String name() {
        return template.name();
    }

    @Override
    public NamespaceHandlers handlers() {
        return template.handlers();
    }

    @Override
    public Adapter adapter() {
        return adapter;
    }

    @Override
    public BroadcastImpl everyone() {
        return everyone;
    }

    @Override
    public Executor completions() {
        return template.completions();
    }

    @Override
    public Registration schedule(Duration delay, Runnable task) {
        return template.schedule(delay, task);
    }

    // Children

    NamespaceImpl newChild(String name) {
        return template.sibling(name);
    }

    void add(NamespaceImpl child) {
        children.put(child.name(), child);
    }

    void remove(NamespaceImpl child) {
        children.remove(child.name());
    }

    /** A live view. */
    Collection<NamespaceImpl> children() {
        return children.values();
    }

    @Override
    public Collection<Socket> sockets() {
        List<Socket> sockets = new ArrayList<>();
        children().forEach(child -> sockets.addAll(child.sockets()));
        return List.copyOf(sockets);
    }

    @Override
    public Optional<Socket> socket(String id) {
        return children().stream()
                .map(child -> child.find(id))
                .filter(Objects::nonNull)
                .findAny()
                .map(socket -> socket);
    }

    @Override
    public int members(String room) {
        return children().stream().mapToInt(child -> child.members(room)).sum();
    }
}
