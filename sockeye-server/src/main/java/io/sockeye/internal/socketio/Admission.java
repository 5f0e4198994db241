// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.LimitHit;
import io.sockeye.api.RateLimits;
import io.sockeye.api.RefusalReason;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.guard.ConnectionsPerUser;
import io.sockeye.internal.core.Dispatch;
import io.sockeye.internal.core.HandshakeImpl;
import io.sockeye.internal.core.NamespaceImpl;
import io.sockeye.internal.core.NamespaceTable;
import io.sockeye.internal.core.Recovery;
import io.sockeye.internal.core.SocketImpl;
import io.sockeye.internal.engine.EngineVersion;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.Refusals;
import io.sockeye.protocol.EncodedPacket;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client on its way into one namespace: the namespace is found or made, the client's earlier session is looked for, and the
 * middleware decides. The loop of the connection, but for what is said to run on a handler thread.
 */
/* The namespace is entered once and left once: by the socket when it ends, or here when there is to be none. The same holds for the
 * claim of an earlier session. Each step that waits comes back with a task of the loop, where the connection may be closed by then.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Connection connection;
    private final SocketIoGateway gateway;
    private final HandshakeImpl handshake;
    private final String name;

    /** Null until it is entered. */
    private @Nullable NamespaceImpl namespace;

    /** The earlier session of the client, if it has one that it may come back to. */
    private Recovery.@Nullable Claim claim;

    Admission(Connection connection, SocketIoGateway gateway, HandshakeImpl handshake) {
        this.connection = connection;
        this.gateway = gateway;
        this.handshake = handshake;
        this.name = handshake.namespace();
    }

    void start() {
        RefusalReason tooMany = connection.session().turnedAway();
        if (tooMany != null) {
            answer(new ConnectRefused(ConnectionLimits.message(tooMany)));
            onLoop(() -> connection.session().close(DisconnectReason.FORCED_SERVER_CLOSE));
            return;
        }
        NamespaceTable namespaces = gateway.namespaces();
        if (gateway.settings().rates().limitsJoins() && !connection.limits().admitsJoin()) {
            LOG.debug(
                    "{} asked for too many namespaces in too short a time",
                    connection.session().request().remoteAddress());
            connection.send(refusal(new ConnectRefused(RateLimits.MESSAGE)), false);
            connection.strike();
            return;
        }
        boolean mayJoin = connection.mayJoinMore();
        if (!mayJoin) {
            gateway.settings().rates().counters().count(LimitHit.NAMESPACES);
        }
        if (!mayJoin || !(namespaces.isDeclared(name) || namespaces.hasParents())) {
            answer(new ConnectRefused(NamespaceTable.UNKNOWN));
            return;
        }
        connection.waitFor(name);
        NamespaceImpl found = namespaces.enter(name);
        if (found == null) {
            inBackground(this::make);
        } else {
            entered(found);
        }
    }

    /** Has the parents say whether the namespace is to be made. Handler thread. */
    private void make() {
        try {
            NamespaceImpl made = gateway.namespaces().enter(handshake);
            onLoop(() -> entered(made));
        } catch (ConnectRefused e) {
            onLoop(() -> refuse(e));
        } catch (RuntimeException | Error e) {
            refusals().warn(LOG, "namespace {} could not be made; the client is refused", LogText.printable(name), e);
            onLoop(() -> refuse(new ConnectRefused(Dispatch.NEUTRAL_REFUSAL)));
        }
    }

    private void entered(NamespaceImpl found) {
        namespace = found;
        Recovery recovery = found.recovery();
        String recoveryId = recovery == null ? null : handshake.auth("pid");
        String offset = recoveryId == null ? null : handshake.auth("offset");
        if (recovery == null || recoveryId == null || offset == null || !connection.recoverable()) {
            decide(found);
        } else {
            recover(found, recovery, recoveryId, offset);
        }
    }

    // An earlier session

    private void recover(NamespaceImpl found, Recovery recovery, String recoveryId, String offset) {
        SocketImpl present = recovery.present(recoveryId);
        if (present == null) {
            claim(found, recovery, recoveryId, offset);
            return;
        }
        // The client has a new connection before the server knows that the old one is dead.
        Loop theirs = present.loop();
        theirs.execute(() -> {
            present.breakOff();
            onLoop(() -> claim(found, recovery, recoveryId, offset));
        });
    }

    private void claim(NamespaceImpl found, Recovery recovery, String recoveryId, String offset) {
        claim = recovery.claim(recoveryId, offset);
        decide(found);
    }

    // The middleware and the policy

    private void decide(NamespaceImpl found) {
        if (found.dispatch().checksConnect() || gateway.settings().users() != null) {
            Recovery.Claim held = claim;
            inBackground(() -> ask(found, held));
        } else {
            join(found);
        }
    }

    /** Handler thread. */
    private void ask(NamespaceImpl found, Recovery.@Nullable Claim held) {
        if (!connection.session().isOpen()) {
            onLoop(() -> join(found));
            return;
        }
        try {
            if (held != null && skipsMiddleware(found)) {
                askToRecover(found, held);
            } else {
                askToConnect(found, held);
            }
        } catch (ConnectRefused e) {
            onLoop(() -> refuse(e));
        }
    }

    private static boolean skipsMiddleware(NamespaceImpl found) {
        Recovery recovery = found.recovery();
        return recovery != null && recovery.skipsMiddleware();
    }

    /** Who may not come back as the socket that it was is a client like any other. */
    private void askToRecover(NamespaceImpl found, Recovery.Claim held) {
        if (found.dispatch().mayRecover(handshake, held.earlier())) {
            String user = userOf(held.earlier());
            onLoop(() -> count(found, user));
            return;
        }
        onLoop(() -> {
            discardClaim(found);
            decide(found);
        });
    }

    private void askToConnect(NamespaceImpl found, Recovery.@Nullable Claim held) {
        found.dispatch().checkConnect(handshake);
        boolean asBefore = held == null || found.dispatch().mayRecover(handshake, held.earlier());
        String user = userOf(handshake);
        found.dispatch()
                .askPolicy(
                        handshake,
                        connection,
                        refusal -> onLoop(() -> {
                            if (refusal != null) {
                                refuse(refusal);
                                return;
                            }
                            if (!asBefore) {
                                discardClaim(found);
                            }
                            count(found, user);
                        }));
    }

    private void discardClaim(NamespaceImpl entered) {
        Recovery recovery = entered.recovery();
        Recovery.Claim held = claim;
        if (held != null && recovery != null) {
            recovery.discard(held);
        }
        claim = null;
    }

    /** @throws ConnectRefused if the user's code fails */
    private @Nullable String userOf(HandshakeImpl shown) {
        ConnectionsPerUser users = gateway.settings().users();
        if (users == null) {
            return null;
        }
        try {
            return users.keyOf(shown);
        } catch (ConnectRefused e) {
            throw e;
        } catch (Exception | Error e) {
            refusals()
                    .warn(
                            LOG,
                            "the key of a user could not be told in {}; the client is refused",
                            LogText.printable(name),
                            e);
            throw new ConnectRefused(Dispatch.NEUTRAL_REFUSAL);
        }
    }

    private void count(NamespaceImpl found, @Nullable String user) {
        ConnectionsPerUser users = gateway.settings().users();
        boolean counted = users == null
                || user == null
                || !connection.session().isOpen()
                || connection.countFor(users, name, user);
        if (counted) {
            join(found);
        } else {
            refuse(new ConnectRefused(ConnectionLimits.message(RefusalReason.USER)));
        }
    }

    private void refuse(ConnectRefused refusal) {
        connection.decided(name);
        NamespaceImpl entered = namespace;
        if (entered != null) {
            discardClaim(entered);
            gateway.namespaces().refuse(name);
        }
        answer(refusal);
    }

    private void answer(ConnectRefused refusal) {
        refusals()
                .log(
                        LOG,
                        "refused {} from {}: {}",
                        LogText.printable(name),
                        connection.session().request().remoteAddress(),
                        refusal.publicMessage());
        connection.send(refusal(refusal), false);
    }

    private Refusals refusals() {
        return gateway.settings().limits().refusals();
    }

    private EncodedPacket refusal(ConnectRefused refusal) {
        try {
            return refusal(refusal.publicMessage(), refusal.data());
        } catch (IllegalArgumentException e) {
            refusals()
                    .warn(
                            LOG,
                            "the data of a refusal of {} cannot be written; it is left out",
                            LogText.printable(name),
                            e);
            return refusal(refusal.publicMessage(), null);
        }
    }

    private EncodedPacket refusal(String message, @Nullable Object data) {
        return connection.session().version() == EngineVersion.V3
                ? LegacyNamespace.refusal(gateway.settings().formats().json(), name, message, data)
                : connection.format().connectError(name, message, data);
    }

    // The socket

    private void join(NamespaceImpl found) {
        connection.decided(name);
        if (!connection.session().isOpen()) {
            giveUp(found);
            return;
        }
        Recovery.Claim held = claim;
        if (held == null) {
            comeIn(found);
        } else if (!comeBack(found, held)) {
            claim = null;
            askIfNobodyWasAsked(found);
        }
    }

    private void comeIn(NamespaceImpl found) {
        SocketImpl socket = new SocketImpl(gateway.settings().socketIds().get(), found, connection, handshake);
        connection.joined(socket);
        LOG.debug("{} connected from {}", socket, connection.session().request().remoteAddress());
        socket.connect();
    }

    /** Only a client that comes back is let in unasked: one that is new after all is asked like any other. */
    private void askIfNobodyWasAsked(NamespaceImpl found) {
        if (skipsMiddleware(found)) {
            connection.waitFor(name);
            decide(found);
        } else {
            comeIn(found);
        }
    }

    private boolean comeBack(NamespaceImpl found, Recovery.Claim held) {
        SocketImpl socket = new SocketImpl(held.session().socketId(), found, connection, handshake);
        connection.joined(socket);
        boolean back = socket.comeBack(held);
        if (back) {
            LOG.debug(
                    "{} came back from {}",
                    socket,
                    connection.session().request().remoteAddress());
        } else {
            connection.parted(socket);
        }
        return back;
    }

    /** The connection ended before it was decided. */
    private void giveUp(NamespaceImpl found) {
        Recovery recovery = found.recovery();
        Recovery.Claim held = claim;
        if (held != null && recovery != null) {
            recovery.release(held);
        }
        gateway.namespaces().refuse(name);
    }

    // Threads

    private void inBackground(Runnable work) {
        try {
            gateway.namespaces().executor().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("a connection is refused: the server is closing", e);
            connection.session().close(DisconnectReason.SERVER_SHUTTING_DOWN);
        }
    }

    private void onLoop(Runnable step) {
        connection.loop().execute(step);
    }
}
