// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.LimitHit;
import io.sockeye.api.RateLimit;
import io.sockeye.api.RateLimitScope;
import io.sockeye.api.RateLimits;
import io.sockeye.event.EventNames;
import io.sockeye.internal.limits.EventLimit;
import io.sockeye.internal.limits.Rate;
import io.sockeye.internal.limits.RateGuard;
import io.sockeye.protocol.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rate limits that the events of one namespace are under. Declared by one thread before the start; asked by any loop. */
final class EventLimits {
    private static final Logger LOG = LoggerFactory.getLogger(EventLimits.class);

    private final RateGuard guard;
    private Map<String, List<Placed>> events = new HashMap<>();
    private int slots;
    private boolean frozen;

    /** A limit, and where in the buckets of a socket its own begins. */
    private record Placed(EventLimit limit, int at) {}

    EventLimits(RateGuard guard) {
        this.guard = guard;
    }

    void add(String event, RateLimitScope scope, RateLimit limit) {
        EventNames.requireUsable(event);
        if (frozen) {
            throw new IllegalStateException("a rate limit of the event \"" + event
                    + "\" was declared after the server started; declare it before start()");
        }
        List<Placed> limits = events.computeIfAbsent(event, name -> new ArrayList<>());
        if (limits.stream().anyMatch(other -> other.limit().scope() == scope)) {
            throw new IllegalStateException("the event \"" + event + "\" has a rate limit per "
                    + scope.name().toLowerCase(Locale.ROOT) + " already; it can have one");
        }
        limits.add(new Placed(guard.forEvent(scope, limit), slots));
        slots += scope == RateLimitScope.CONNECTION ? Rate.SLOTS : 0;
    }

    void freeze() {
        frozen = true;
        events = Map.copyOf(events);
    }

    /** Whether there is anything to ask. */
    boolean any() {
        return guard.limitsMessages() || !events.isEmpty();
    }

    /**
     * Whether an event may be handled. If not it has been counted and answered. Loop of the socket.
     *
     * @param bytes its size
     */
    boolean admits(SocketImpl socket, Packet.Event event, int bytes) {
        LimitHit hit = refusal(socket, event.name(), bytes);
        if (hit == null) {
            return true;
        }
        guard.counters().count(hit);
        LOG.debug("an event \"{}\" of {} is over a rate limit", event.name(), socket);
        new Reply(socket, event.ackId(), event.name()).refuse(RateLimits.MESSAGE);
        socket.strike();
        return false;
    }

    private @Nullable LimitHit refusal(SocketImpl socket, String event, int bytes) {
        if (guard.limitsMessages()) {
            String user = guard.countsUsers() ? guard.userOf(socket) : null;
            LimitHit hit = socket.connectionLimits().message(user, bytes);
            if (hit != null) {
                return hit;
            }
        }
        List<Placed> limits = events.get(event);
        if (limits == null) {
            return null;
        }
        long[] own = socket.eventBuckets(slots);
        for (int i = 0; i < limits.size(); i++) {
            Placed placed = limits.get(i);
            if (!placed.limit().admits(socket, socket::connectionLimits, own, placed.at())) {
                return LimitHit.EVENT_RATE;
            }
        }
        return null;
    }

    /** Whether a socket has used nothing of any limit, so that its buckets say nothing. */
    boolean areFull(long[] own) {
        for (List<Placed> limits : events.values()) {
            for (Placed placed : limits) {
                if (placed.limit().scope() == RateLimitScope.CONNECTION
                        && !placed.limit().isFull(own, placed.at())) {
                    return false;
                }
            }
        }
        return true;
    }
}
