// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.DisconnectReason;
import io.sockeye.event.Args;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.Packet;
import io.sockeye.spi.BroadcastOptions;
import io.sockeye.spi.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The clients of one namespace that may come back, and what they miss meanwhile. Any thread. */
/* A client shows the offset of the last event that it got. For that to say that it got all events before, too, the order of the log
 * has to be the order at each socket. So an event is put into the log and given to the loops under one lock, and a loop delivers
 * it in a later task even if it is the one that sends it. A socket that comes back is given what it missed, and made a member of its
 * rooms, under the same lock: an event is either in what it missed or comes to it as to any other. Events that are on their way to
 * its loop at that moment are both; they are told by their sequence.
 */
public final class Recovery {
    private static final Set<DisconnectReason> MAY_COME_BACK = Set.of(
            DisconnectReason.TRANSPORT_ERROR,
            DisconnectReason.TRANSPORT_CLOSE,
            DisconnectReason.FORCED_CLOSE,
            DisconnectReason.PING_TIMEOUT,
            DisconnectReason.SERVER_SHUTTING_DOWN,
            DisconnectReason.FORCED_SERVER_CLOSE);

    private final NamespaceImpl namespace;
    private final WireFormats formats;
    private final RecoverySettings settings;
    private final Loop timekeeper;
    private final String incarnation;
    private final AtomicLong offsets = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock. */
    private final RecoveryLog log;
    /** Guarded by lock. By recovery id. */
    private final Map<String, RecoverySession> sessions = new HashMap<>();
    /** Guarded by lock. Those that are away, in the order in which they went. */
    private final Set<RecoverySession> away = new LinkedHashSet<>();
    /** Guarded by lock. Whether a sweep is to come. */
    private boolean sweeping;
    /** Guarded by lock. */
    private boolean closed;

    Recovery(NamespaceImpl namespace, WireFormats formats, RecoverySettings settings, Loop timekeeper) {
        this.namespace = namespace;
        this.formats = formats;
        this.settings = settings;
        this.timekeeper = timekeeper;
        this.incarnation = settings.ids().get().substring(0, 8);
        this.log = new RecoveryLog(settings);
    }

    /** Whether a client that comes back is let in without asking. */
    public boolean skipsMiddleware() {
        return settings.options().skipMiddlewares();
    }

    /**
     * A client that shows both a recovery id and an offset, and may come back.
     *
     * @param earlier how it introduced itself before, with what was attached to that socket
     */
    public record Claim(RecoverySession session, String offset, HandshakeImpl earlier) {}

    // Sending

    /** Sends an event, with its offset as one more argument, and keeps it for clients that are away. */
    void broadcast(Message message, BroadcastOptions options) {
        String offset = incarnation + Long.toString(offsets.getAndIncrement(), Character.MAX_RADIX);
        List<@Nullable Object> arguments = new ArrayList<>(message.args().values());
        arguments.add(offset);
        Message numbered = new Message(message.event(), Args.of(arguments.toArray()));
        Outgoing outgoing = Outgoing.of(
                formats,
                namespace.name(),
                Packet.NO_ACK_ID,
                numbered,
                options.compress(),
                namespace.waits().hint(namespace.name(), options));
        lock.lock();
        try {
            RecoveryLog.Entry entry = log.append(offset, options, outgoing);
            if (closed) {
                log.clear();
            }
            sweepLater();
            namespace
                    .rooms()
                    .laterOnLoops(
                            options,
                            namespace,
                            outgoing.bytes(),
                            loop -> loop.forEachChosen(options, namespace, socket -> socket.deliver(entry)));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the oldest events, of so many bytes if there are. */
    public void makeRoom(long bytes) {
        lock.lock();
        try {
            log.dropOldest(bytes);
        } finally {
            lock.unlock();
        }
    }

    // Clients that are there

    /** Makes a new socket one that can come back. */
    RecoverySession admit(SocketImpl socket) {
        RecoverySession session = new RecoverySession(settings.ids().get(), socket.id());
        lock.lock();
        try {
            session.socket = socket;
            sessions.put(session.recoveryId(), session);
        } finally {
            lock.unlock();
        }
        return session;
    }

    /**
     * A socket has ended.
     *
     * @param complete whether its client was sent all that it was to get, as far as the connection carried it
     */
    void ended(SocketImpl socket, RecoverySession session, DisconnectReason reason, boolean complete) {
        lock.lock();
        try {
            if (session.socket != socket) {
                return;
            }
            session.socket = null;
            if (!MAY_COME_BACK.contains(reason) || !complete || closed) {
                forget(session);
                return;
            }
            session.rooms = socket.rooms();
            session.handshake = socket.handshake();
            session.since = settings.nanoTime().getAsLong();
            wait(session);
        } finally {
            lock.unlock();
        }
    }

    /** The socket that has this recovery id, if it is still there. */
    public @Nullable SocketImpl present(String recoveryId) {
        lock.lock();
        try {
            RecoverySession session = sessions.get(recoveryId);
            return session == null ? null : session.socket;
        } finally {
            lock.unlock();
        }
    }

    /** Joins a room on behalf of a client: as the socket that it is now, or when it comes back. */
    /* Beyond the bound it is not joined: the socket that comes back could not join it either. */
    void join(RecoverySession session, String room, int mostRooms) {
        lock.lock();
        try {
            SocketImpl present = session.socket;
            if (present != null) {
                present.join(room);
            } else if (!session.over && session.rooms.size() < mostRooms) {
                Set<String> rooms = new HashSet<>(session.rooms);
                rooms.add(room);
                session.rooms = rooms;
            }
        } finally {
            lock.unlock();
        }
    }

    // Clients that come back

    /** Takes a session that is away, so that nobody else does; null if there is none, or if the offset is unknown. */
    public @Nullable Claim claim(String recoveryId, String offset) {
        lock.lock();
        try {
            RecoverySession session = sessions.get(recoveryId);
            HandshakeImpl earlier = session == null ? null : session.handshake;
            if (session == null || earlier == null || !session.away || !log.knows(offset) || expired(session)) {
                return null;
            }
            notAway(session);
            return new Claim(session, offset, earlier);
        } finally {
            lock.unlock();
        }
    }

    /** The client went away before it was decided whether it may come back. */
    public void release(Claim claim) {
        lock.lock();
        try {
            if (!closed) {
                wait(claim.session());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The client may not come back. */
    public void discard(Claim claim) {
        lock.lock();
        try {
            forget(claim.session());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Brings a socket back: it is a member of its rooms, and sends what it missed. On the loop of the socket.
     *
     * @return null if it missed too much, or if what it missed is not kept any more; the session is forgotten then
     */
    @Nullable
    List<RecoveryLog.Entry> resume(SocketImpl socket, Claim claim) {
        RecoverySession session = claim.session();
        lock.lock();
        try {
            List<RecoveryLog.Entry> missed = log.missed(claim.offset(), session.rooms);
            if (missed == null) {
                forget(session);
                return null;
            }
            if (session.handshake != null) {
                socket.handshake().adopt(session.handshake, skipsMiddleware());
            }
            socket.membership().connect();
            session.socket = socket;
            session.replayedThrough = log.latest();
            namespace.add(socket);
            socket.join(session.rooms.toArray(String[]::new));
            session.rooms = Set.of();
            session.handshake = null;
            return missed;
        } finally {
            lock.unlock();
        }
    }

    // Time and bounds. All under the lock.

    private boolean expired(RecoverySession session) {
        return settings.nanoTime().getAsLong() - session.since > settings.durationNanos();
    }

    private void wait(RecoverySession session) {
        session.away = true;
        settings.sessions().incrementAndGet();
        away.add(session);
        if (settings.sessions().get() > settings.options().maxSessions()) {
            forget(away.iterator().next());
        }
        sweepLater();
    }

    private void notAway(RecoverySession session) {
        if (session.away) {
            session.away = false;
            settings.sessions().decrementAndGet();
            away.remove(session);
        }
    }

    private void forget(RecoverySession session) {
        notAway(session);
        session.over = true;
        session.handshake = null;
        sessions.remove(session.recoveryId());
    }

    private void sweepLater() {
        if (!sweeping && !closed) {
            sweeping = true;
            timekeeper.schedule(this::sweep, 1 + TimeUnit.NANOSECONDS.toMillis(settings.durationNanos()));
        }
    }

    private void sweep() {
        lock.lock();
        try {
            sweeping = false;
            log.dropTooOld();
            away.stream().takeWhile(this::expired).toList().forEach(this::forget);
            if (!log.isEmpty() || !away.isEmpty()) {
                sweepLater();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody can come back any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            List.copyOf(sessions.values()).forEach(this::forget);
            log.clear();
        } finally {
            lock.unlock();
        }
    }
}
