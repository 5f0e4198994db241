// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Namespace;
import io.sockeye.api.NamespacePredicate;
import io.sockeye.spi.ServerObserver;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All namespaces of a node: those that were declared, and the children that parents have at the moment. Any thread; what is
 * declared, and who observes, is added before the start.
 */
/* A client enters a namespace before it is known whether it may stay, and leaves it once: when it is refused, when its connection
 * ends meanwhile, or when its socket ends. A child counts who is in, and is made and removed where this count changes, inside
 * compute of its map entry. So nobody enters a child that is about to go, and clients that come at the same time enter the same
 * one. Nothing there waits for another entry or runs code of the user.
 */
public final class NamespaceTable {
    /** What a client is told that asks for a namespace that there is not to be. */
    public static final String UNKNOWN = "Invalid namespace";

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceTable.class);

    private final CoreSettings settings;
    private final DynamicNamespaces options;
    private final ConcurrentHashMap<String, NamespaceImpl> declared = new ConcurrentHashMap<>();
    private final List<Parent> parents = new CopyOnWriteArrayList<>();
    private final List<Consumer<Namespace>> observers = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, Child> children = new ConcurrentHashMap<>();

    /** One permit for each child that there may still be. */
    private final Semaphore free;

    public NamespaceTable(CoreSettings settings, DynamicNamespaces options) {
        this.settings = settings;
        this.options = options;
        this.free = new Semaphore(options.most());
    }

    /** Those of a pattern need no client to say what they want. */
    private record Parent(
            ParentNamespace namespace,
            NamespacePredicate predicate,
            @Nullable Pattern pattern) {}

    /** A namespace that was made for a client. The counts are read and written inside {@code compute} of its entry only. */
    private static final class Child {
        final ParentNamespace parent;
        final NamespaceImpl namespace;

        /** Clients that are in, or of which it is not known yet. */
        private int inside;
        /** Whether it is there for more than clients that were refused. */
        private boolean wanted;

        Child(ParentNamespace parent, String name) {
            this.parent = parent;
            this.namespace = parent.newChild(name);
        }
    }

    // Declarations

    /** Makes a namespace of a name that has none. */
    public NamespaceImpl declare(String name) {
        NamespaceImpl fresh = new NamespaceImpl(name, settings);
        NamespaceImpl before = declared.putIfAbsent(name, fresh);
        if (before != null) {
            return before;
        }
        announce(fresh);
        return fresh;
    }

    /** Makes a parent of the names in which a pattern is found, which is asked after those that are there. */
    public Namespace declareParent(Pattern pattern) {
        return declareParent(
                pattern.pattern(), (name, handshake) -> pattern.matcher(name).find(), pattern);
    }

    /** Makes a parent of the names that a predicate wants, which is asked after those that are there. */
    public Namespace declareParent(NamespacePredicate predicate) {
        return declareParent("predicate " + (parents.size() + 1), predicate, null);
    }

    private Namespace declareParent(String name, NamespacePredicate predicate, @Nullable Pattern pattern) {
        ParentNamespace parent = new ParentNamespace(name, settings);
        parents.add(new Parent(parent, predicate, pattern));
        return parent;
    }

    /** Has an observer see each namespace that is made from now on. */
    public void observe(Consumer<Namespace> observer) {
        observers.add(observer);
    }

    /** Nothing can be added to namespaces and parents any more. Their events are in view of observers from now on. */
    public void freeze(List<ServerObserver> eventObservers) {
        declared.values().forEach(namespace -> namespace.freeze(eventObservers));
        parents.forEach(parent -> parent.namespace().freeze(eventObservers));
    }

    // Looking

    /** Runs user code. */
    public Executor executor() {
        return settings.executor();
    }

    /** All namespaces, without parents. A snapshot. */
    public List<NamespaceImpl> all() {
        return Stream.concat(
                        declared.values().stream(), children.values().stream().map(child -> child.namespace))
                .toList();
    }

    /** The namespace that has a name at the moment. */
    public @Nullable NamespaceImpl find(String name) {
        NamespaceImpl namespace = declared.get(name);
        if (namespace != null) {
            return namespace;
        }
        Child child = children.get(name);
        return child == null ? null : child.namespace;
    }

    /**
     * A child without a client, for the server to use; null if no pattern finds itself in the name.
     *
     * @throws IllegalStateException if there are as many children as there may be
     */
    public @Nullable NamespaceImpl makeChild(String name) {
        for (Parent parent : parents) {
            if (parent.pattern() != null && parent.pattern().matcher(name).find()) {
                Child child = child(parent.namespace(), name, false);
                if (child == null) {
                    throw new IllegalStateException("namespace " + name + " cannot be made: there are "
                            + options.most() + " dynamic namespaces; raise maxDynamicNamespaces or have empty ones go"
                            + " with cleanupEmptyChildNamespaces");
                }
                return child.namespace;
            }
        }
        return null;
    }

    /** Whether a name was declared, so that no child can have it. */
    public boolean isDeclared(String name) {
        return declared.containsKey(name);
    }

    /** Whether a name that is unknown may become a namespace. */
    public boolean hasParents() {
        return !parents.isEmpty();
    }

    // Clients

    /** Takes a client into a namespace, if it is there. Must be followed by one {@link #leave} or {@link #refuse}. */
    public @Nullable NamespaceImpl enter(String name) {
        NamespaceImpl namespace = declared.get(name);
        if (namespace != null || parents.isEmpty()) {
            return namespace;
        }
        Child child = children.computeIfPresent(name, (key, present) -> {
            present.inside++;
            return present;
        });
        return child == null ? null : child.namespace;
    }

    /**
     * Takes a client into a namespace that is made now if a parent wants it. Must be followed by one {@link #leave} or
     * {@link #refuse}. Handler thread.
     *
     * @throws ConnectRefused if there is to be no such namespace, with what the client may know
     */
    public NamespaceImpl enter(HandshakeImpl handshake) {
        String name = handshake.namespace();
        for (Parent parent : parents) {
            if (wants(parent, name, handshake)) {
                Child child = child(parent.namespace(), name, true);
                if (child != null) {
                    return child.namespace;
                }
                settings.failures()
                        .warn(
                                LOG,
                                "a client is refused: {} namespaces of {} and other parents are the most there may be",
                                options.most(),
                                parent.namespace().name());
                break;
            }
        }
        throw new ConnectRefused(UNKNOWN);
    }

    private boolean wants(Parent parent, String name, HandshakeImpl handshake) {
        try {
            return parent.predicate().test(name, handshake);
        } catch (ConnectRefused e) {
            throw e;
        } catch (Throwable e) {
            settings.failures()
                    .warn(
                            LOG,
                            "the predicate of {} failed; the client is refused",
                            parent.namespace().name(),
                            e);
            throw new ConnectRefused(Dispatch.NEUTRAL_REFUSAL);
        }
    }

    /** The child of a name, made if it is not there; null if there are too many. */
    private @Nullable Child child(ParentNamespace parent, String name, boolean forClient) {
        Child fresh = new Child(parent, name);
        Child child = children.compute(name, (key, present) -> {
            Child entered = present == null ? placed(fresh) : present;
            if (entered != null) {
                entered.inside += forClient ? 1 : 0;
                entered.wanted |= !forClient;
            }
            return entered;
        });
        if (child == fresh) {
            announce(fresh.namespace);
        } else {
            fresh.namespace.close();
        }
        return child;
    }

    private @Nullable Child placed(Child fresh) {
        if (!free.tryAcquire()) {
            return null;
        }
        fresh.parent.add(fresh.namespace);
        return fresh;
    }

    /** A client that was in is gone. */
    public void leave(String name) {
        goOut(name, true);
    }

    /** A client did not get in: nothing of it stays. */
    public void refuse(String name) {
        goOut(name, false);
    }

    /** The adapter of a child that is removed is closed behind the entry's back: closing may take its time. */
    private void goOut(String name, boolean wasIn) {
        if (parents.isEmpty()) {
            return;
        }
        Child present = children.get(name);
        Child left = children.computeIfPresent(name, (key, child) -> {
            child.wanted |= wasIn;
            return without(child);
        });
        if (present != null && left == null) {
            present.namespace.close();
        }
    }

    private @Nullable Child without(Child child) {
        child.inside--;
        if (child.inside > 0 || (child.wanted && !options.cleanUp())) {
            return child;
        }
        child.parent.remove(child.namespace);
        free.release();
        return null;
    }

    private void announce(NamespaceImpl namespace) {
        for (Consumer<Namespace> observer : observers) {
            try {
                observer.accept(namespace);
            } catch (RuntimeException | Error e) {
                LOG.warn("an observer of new namespaces failed for {}", namespace.name(), e);
            }
        }
    }
}
