// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import io.sockeye.api.Namespace;
import io.sockeye.api.RequestFailed;
import io.sockeye.api.Socket;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one namespace for as long as their tokens last: tells them before the end, takes new tokens, and ends them. Any
 * thread; user code and sending never under the lock.
 */
/* One sweep a second for all sockets, while there is one whose token expires: what is due stands first. It goes by the clock and not by
 * timers of the network, so that a clock that is set is followed.
 */
final class GuardedNamespace {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedNamespace.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

    static final Event<Expiring> EXPIRING = Event.of("auth_expiring", Expiring.class);
    static final Request<Args, Refreshed> REFRESH = Request.of("auth_refresh", Args.class, Refreshed.class);
    static final Event<Told> TELL_REVOKED = Event.of("sockeye:auth_revoked", Told.class);

    private static final Comparator<Watch> BY_TIME =
            Comparator.<Watch>comparingLong(watch -> watch.due).thenComparingLong(watch -> watch.number);

    private final JwtAuth auth;
    private final Namespace namespace;
    private final LifeTimes times;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. */
    private final TreeSet<Watch> watches = new TreeSet<>(BY_TIME);
    /** Guarded by lock. */
    private long numbers;
    /** Guarded by lock. Whether a sweep is to come. */
    private boolean sweeping;

    GuardedNamespace(JwtAuth auth, Namespace namespace, LifeTimes times, Clock clock) {
        this.auth = auth;
        this.namespace = namespace;
        this.times = times;
        this.clock = clock;
    }

    /**
     * When a socket is told and ended.
     *
     * @param notice how long before its token expires it is told
     * @param grace how long after that it is ended
     */
    record LifeTimes(Duration notice, Duration grace) {}

    /** What a client is told whose token is about to expire. */
    record Expiring(long secondsLeft, Instant expiresAt) {}

    /** The answer to a new token. */
    record Refreshed(String status, @Nullable Instant expiresAt) {}

    /** What a client is told that is sent away. */
    record Ended(String message) {}

    /**
     * What one server tells the others: seconds since 1970, and the {@code jti} of a token or a subject.
     */
    record Told(@Nullable String token, @Nullable String subject, long at, long until) {}

    private enum Stage {
        QUIET,
        TOLD,
        OVER
    }

    /** One socket and the time at which something is due for it. Guarded by the lock of its namespace. */
    private static final class Watch {
        final Socket socket;
        final long number;
        Stage stage = Stage.QUIET;
        long due;
        long expiry;

        Watch(Socket socket, long number) {
            this.socket = socket;
            this.number = number;
        }
    }

    void register() {
        namespace
                .onConnect(this::connected)
                .onDisconnect((socket, reason) -> forget(socket))
                .on(REFRESH, this::refresh)
                .onServerSide(TELL_REVOKED, auth::learn);
    }

    Namespace namespace() {
        return namespace;
    }

    private void connected(Socket socket) {
        JwtClaims claims = socket.get(JwtClaims.class);
        watch(socket, claims);
        // it may have been revoked while the socket was on its way in
        if (auth.isRevoked(claims)) {
            end(socket, AuthEnd.REVOKED);
        }
    }

    // Expiry

    /** Waits for the end of a token, in the place of an earlier one. False if the socket is being ended. */
    private boolean watch(Socket socket, JwtClaims claims) {
        Instant expiry = claims.expiresAt();
        lock.lock();
        try {
            Watch watch = watchOf(socket);
            if (watch == null && expiry == null) {
                return true;
            }
            if (watch == null) {
                watch = new Watch(socket, numbers++);
                socket.attach(Watch.class, watch);
            }
            if (watch.stage == Stage.OVER) {
                return false;
            }
            watches.remove(watch);
            if (expiry != null) {
                watch.stage = Stage.QUIET;
                watch.expiry = expiry.toEpochMilli();
                watch.due = watch.expiry - times.notice().toMillis();
                watches.add(watch);
                sweepLater();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A socket that came back has the attachments of the one it was, whose watch is over. */
    private static @Nullable Watch watchOf(Socket socket) {
        return socket.find(Watch.class).filter(found -> found.socket == socket).orElse(null);
    }

    private void forget(Socket socket) {
        lock.lock();
        try {
            Watch watch = watchOf(socket);
            if (watch != null) {
                watches.remove(watch);
                watch.stage = Stage.OVER;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            namespace.schedule(SWEEP_INTERVAL, this::sweep);
        }
    }

    private void sweep() {
        List<Runnable> actions = new ArrayList<>();
        lock.lock();
        try {
            long now = clock.millis();
            while (!watches.isEmpty() && watches.first().due <= now) {
                actions.add(advance(watches.pollFirst(), now));
            }
            sweeping = false;
            if (!watches.isEmpty()) {
                sweepLater();
            }
        } finally {
            lock.unlock();
        }
        actions.forEach(GuardedNamespace::runSafely);
    }

    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("a socket could not be told of the end of its token; the others are", e);
        }
    }

    /** What is to be done for a socket that is due. Under the lock; what is returned is run without. */
    private Runnable advance(Watch watch, long now) {
        long end = watch.expiry + times.grace().toMillis();
        if (watch.stage == Stage.TOLD || now >= end) {
            watch.stage = Stage.OVER;
            return () -> end(watch.socket, AuthEnd.EXPIRED);
        }
        watch.stage = Stage.TOLD;
        watch.due = end;
        watches.add(watch);
        long left = Math.max(0, (watch.expiry - now + 999) / 1000);
        Instant expiresAt = Instant.ofEpochMilli(watch.expiry);
        return () -> watch.socket.emit(EXPIRING, new Expiring(left, expiresAt));
    }

    private static void end(Socket socket, AuthEnd reason) {
        socket.attach(AuthEnd.class, reason);
        try {
            socket.emit(reason.event(), new Ended(reason.message()));
        } finally {
            socket.disconnect();
        }
    }

    // A new token

    private Refreshed refresh(Socket socket, Args args) {
        String token = token(args);
        if (token == null) {
            throw new RequestFailed(JwtAuth.MISSING);
        }
        JwtClaims before = socket.get(JwtClaims.class);
        JwtClaims claims = auth.verifyForClient(token, RequestFailed::new);
        if (!JwtAuth.sameSubject(before, claims)) {
            LOG.debug("a new token for {} is refused: it is about another subject, or about none", socket);
            throw new RequestFailed(JwtAuth.INVALID);
        }
        auth.attach(claims, socket::attach, RequestFailed::new);
        if (!watch(socket, claims)) {
            throw new RequestFailed(JwtAuth.INVALID);
        }
        // it may have been revoked while it was checked
        if (auth.isRevoked(claims)) {
            end(socket, AuthEnd.REVOKED);
            throw new RequestFailed(JwtAuth.INVALID);
        }
        return new Refreshed("success", claims.expiresAt());
    }

    /** The first argument, or the field {@code token} of it. */
    private static @Nullable String token(Args args) {
        Object first = args.size() == 0 ? null : args.values().get(0);
        Object token = first instanceof Map<?, ?> fields ? fields.get("token") : first;
        return token instanceof String text && !text.isBlank() ? text : null;
    }

    // Revocation

    /** Ends the sockets of this server whose tokens do not count any more. */
    void endRevoked(Revocations.Revocation revocation) {
        for (Socket socket : namespace.sockets()) {
            if (socket.find(JwtClaims.class).filter(revocation::concerns).isPresent()) {
                runSafely(() -> end(socket, AuthEnd.REVOKED));
            }
        }
    }

    /** How many sockets are waited for. */
    int watched() {
        lock.lock();
        try {
            return watches.size();
        } finally {
            lock.unlock();
        }
    }
}
