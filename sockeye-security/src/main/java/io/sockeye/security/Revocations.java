// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tokens and subjects that do not count any more, until they would not count anyway. Any thread. */
final class Revocations {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    private final int most;
    private final Clock clock;
    private final PacedLog full = new PacedLog(Duration.ofMinutes(1));

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. */
    private final Map<Revoked, Revocation> entries = new HashMap<>();
    /** Guarded by lock. In the order in which they end. */
    private final PriorityQueue<Revocation> byEnd =
            new PriorityQueue<>((a, b) -> a.until().compareTo(b.until()));

    Revocations(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /** What was revoked: a token by its {@code jti}, or all tokens of a subject so far. */
    record Revoked(boolean token, String value) {}

    /**
     * What was revoked, when, and for how long that must be known.
     *
     * @param at tokens of a subject that were made later count
     */
    record Revocation(Revoked what, Instant at, Instant until) {
        boolean concerns(JwtClaims claims) {
            if (what.token()) {
                return what.value().equals(claims.id());
            }
            return what.value().equals(claims.subject()) && !isLater(claims.issuedAt());
        }

        private Revocation joined(Revocation other) {
            return new Revocation(
                    what,
                    at.isBefore(other.at()) ? other.at() : at,
                    until.isBefore(other.until()) ? other.until() : until);
        }

        /* The clock of tokens has seconds: one of the same second counts as made before. */
        private boolean isLater(@Nullable Instant issued) {
            return issued != null && issued.getEpochSecond() > at.getEpochSecond();
        }
    }

    void add(Revocation revocation) {
        Instant now = clock.instant();
        lock.lock();
        try {
            Revocation before = entries.get(revocation.what());
            Revocation kept = before == null ? revocation : before.joined(revocation);
            if (kept.equals(before)) {
                return;
            }
            if (before != null) {
                byEnd.remove(before);
            }
            entries.put(kept.what(), kept);
            byEnd.add(kept);
            dropEnded(now);
        } finally {
            lock.unlock();
        }
    }

    private void dropEnded(Instant now) {
        for (Revocation first = byEnd.peek();
                first != null && (!first.until().isAfter(now) || entries.size() > most);
                first = byEnd.peek()) {
            if (first.until().isAfter(now) && full.mayLog()) {
                LOG.warn("more than {} revocations are kept; those that would end first are forgotten", most);
            }
            byEnd.poll();
            entries.remove(first.what(), first);
        }
    }

    boolean contain(JwtClaims claims) {
        return isRevoked(claims, true, claims.id()) || isRevoked(claims, false, claims.subject());
    }

    private boolean isRevoked(JwtClaims claims, boolean token, @Nullable String value) {
        if (value == null) {
            return false;
        }
        lock.lock();
        try {
            Revocation found = entries.get(new Revoked(token, value));
            return found != null && found.until().isAfter(clock.instant()) && found.concerns(claims);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }
}
