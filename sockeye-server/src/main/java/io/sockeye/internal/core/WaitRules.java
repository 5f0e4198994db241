// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.SlowConsumerPolicy;
import io.sockeye.internal.limits.PublisherGate;
import io.sockeye.internal.limits.PublisherGates;
import io.sockeye.internal.limits.WaitHint;
import io.sockeye.internal.transport.Loop;
import io.sockeye.spi.BroadcastOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How the events of one namespace wait for clients that are behind, where that differs from what the server says. Declared by one
 * thread before the start; asked by any.
 */
final class WaitRules {
    private static final String ANY = "*";

    private final PublisherGates gates;
    private final LoopBacklog backlog;
    private final Map<String, WaitHint> rooms = new HashMap<>();
    /** By the begin of names. */
    private final Map<String, WaitHint> prefixes = new LinkedHashMap<>();

    private @Nullable WaitHint all;
    private boolean declared;
    private boolean frozen;

    WaitRules(PublisherGates gates, LoopBacklog backlog) {
        this.gates = gates;
        this.backlog = backlog;
    }

    void freeze() {
        frozen = true;
    }

    void of(SlowConsumerPolicy policy) {
        requireOpen();
        all = hint(policy);
    }

    void of(String room, SlowConsumerPolicy policy) {
        requireOpen();
        if (room.endsWith(ANY)) {
            prefixes.put(room.substring(0, room.length() - 1), hint(policy));
        } else {
            rooms.put(room, hint(policy));
        }
    }

    private void requireOpen() {
        if (frozen) {
            throw new IllegalStateException(
                    "a policy for slow consumers was declared after the server started; declare it before start()");
        }
        declared = true;
    }

    private WaitHint hint(SlowConsumerPolicy policy) {
        return new WaitHint(null, policy, policy == SlowConsumerPolicy.PAUSE_PUBLISHER ? gates.another() : null);
    }

    /** What outboxes are told of an event to one socket; null for nothing. */
    @Nullable
    WaitHint hint(String namespace, @Nullable String key) {
        return keyed(namespace, key, all);
    }

    /** What outboxes are told of a broadcast; null for nothing. */
    @Nullable
    WaitHint hint(String namespace, BroadcastOptions options) {
        return declared || options.key() != null ? keyed(namespace, options.key(), rule(options)) : null;
    }

    /** Namespaces of one connection do not share keys. */
    private static @Nullable WaitHint keyed(String namespace, @Nullable String key, @Nullable WaitHint rule) {
        if (key == null) {
            return rule;
        }
        String whole = namespace + "," + key;
        return rule == null ? new WaitHint(whole, null, null) : new WaitHint(whole, rule.policy(), rule.gate());
    }

    private @Nullable WaitHint rule(BroadcastOptions options) {
        List<String> names = options.rooms();
        for (int i = 0; i < names.size(); i++) {
            WaitHint rule = rule(names.get(i));
            if (rule != null) {
                return rule;
            }
        }
        return all;
    }

    private @Nullable WaitHint rule(String room) {
        WaitHint exact = rooms.get(room);
        if (exact != null || prefixes.isEmpty()) {
            return exact;
        }
        for (Map.Entry<String, WaitHint> prefix : prefixes.entrySet()) {
            if (room.startsWith(prefix.getKey())) {
                return prefix.getValue();
            }
        }
        return null;
    }

    /** Waits for loops and for clients that are behind, if what is sent to one socket is to. */
    void await() {
        await(all);
    }

    /** Waits for loops and for clients that are behind, if the broadcast is to. */
    void await(BroadcastOptions options) {
        await(declared ? rule(options) : null);
    }

    /**
     * Has the loop of a socket send it a request, which waits as the server says. Where publishers wait, this comes back once the loop has
     * sent it, so that who asks much does not get ahead of what the client takes.
     */
    void ask(Loop loop, Runnable send) {
        PublisherGate gate = gates.whole();
        if (gate == null || loop.inLoop()) {
            loop.run(send);
            return;
        }
        backlog.awaitLoops();
        gate.await();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        loop.run(() -> {
            try {
                send.run();
            } finally {
                sent.complete(null);
            }
        });
        gate.await(sent::isDone);
    }

    private void await(@Nullable WaitHint rule) {
        PublisherGate gate = rule == null ? gates.whole() : rule.gate();
        if (gate != null) {
            backlog.awaitLoops();
            gate.await();
        }
    }
}
