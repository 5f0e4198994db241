// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.api.ConnectRefused;
import io.sockeye.api.DisconnectReason;
import io.sockeye.api.SendResult;
import io.sockeye.internal.core.HandshakeImpl;
import io.sockeye.internal.core.Link;
import io.sockeye.internal.core.NamespaceImpl;
import io.sockeye.internal.core.NamespaceTable;
import io.sockeye.internal.core.SocketImpl;
import io.sockeye.internal.engine.EngineSession;
import io.sockeye.internal.engine.SessionListener;
import io.sockeye.internal.timing.Timed;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.PacketAssembler;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.WireFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that speaks Socket.IO 5: takes its packets to the sockets it has, one per namespace. The session's loop only, but
 * for what {@link Link} allows any thread.
 */
final class Connection implements SessionListener, Link, Packet.Visitor<Boolean> {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long ATTACHMENT_MILLIS = 30_000;

    /** A dynamic namespace is refused to a client that has joined, or waits for, so many namespaces. */
    private static final int MAX_NAMESPACES = 100;

    private final EngineSession session;
    private final SocketIoGateway gateway;
    private final PacketAssembler assembler;

    /** Mostly one. */
    private final List<SocketImpl> sockets = new ArrayList<>(1);

    /** The namespaces whose middleware is deciding; null for none. */
    private @Nullable Set<String> deciding;

    /** Ends a connection that joins no namespace; null once it has. */
    private @Nullable ConnectDeadline connectDeadline;

    /** Ends a connection whose attachments do not come; null until the first binary packet. */
    private @Nullable AttachmentDeadline attachmentDeadline;

    /** What the packet that is being taken, or put together, holds in memory. */
    private int packetBytes;

    private int fullMailboxes;

    Connection(EngineSession session, SocketIoGateway gateway) {
        this.session = session;
        this.gateway = gateway;
        this.assembler =
                gateway.settings().format().newAssembler(gateway.settings().limits());
        this.connectDeadline = new ConnectDeadline();
        session.wheel().schedule(connectDeadline, gateway.settings().connectTimeout());
    }

    /** The time a client has to join a namespace. */
    private final class ConnectDeadline extends Timed {
        @Override
        protected void onDeadline() {
            LOG.info(
                    "connection of {} is closed: it joined no namespace in time",
                    session.request().remoteAddress());
            session.close(DisconnectReason.FORCED_SERVER_CLOSE);
        }
    }

    /** The time a client has to send the attachments that it announced. */
    private final class AttachmentDeadline extends Timed {
        @Override
        protected void onDeadline() {
            LOG.info(
                    "connection of {} is closed: announced attachments did not come",
                    session.request().remoteAddress());
            session.close(DisconnectReason.FORCED_CLOSE);
        }
    }

    // What comes from the session

    @Override
    public void onText(byte[] array, int offset, int length) {
        try {
            packetBytes = length;
            Packet packet = assembler.text(array, offset, length);
            if (packet == null) {
                expectAttachments();
            } else {
                take(packet);
            }
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    @Override
    public void onBinary(byte[] data) {
        try {
            packetBytes += data.length;
            Packet packet = assembler.binary(data);
            if (packet != null) {
                stopAttachmentDeadline();
                take(packet);
            }
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    /** Nothing is kept for a client before it has joined a namespace, and nothing for long. */
    private void expectAttachments() {
        if (sockets.isEmpty()) {
            LOG.info(
                    "connection of {} is closed: it sent attachments first",
                    session.request().remoteAddress());
            session.close(DisconnectReason.FORCED_SERVER_CLOSE);
            return;
        }
        if (attachmentDeadline == null) {
            attachmentDeadline = new AttachmentDeadline();
        }
        session.wheel().schedule(attachmentDeadline, ATTACHMENT_MILLIS);
    }

    private void stopAttachmentDeadline() {
        if (attachmentDeadline != null) {
            session.wheel().cancel(attachmentDeadline);
        }
    }

    private void take(Packet packet) {
        if (!packet.accept(this)) {
            LOG.info(
                    "connection of {} is closed: its state does not allow a {} for {}",
                    session.request().remoteAddress(),
                    packet.getClass().getSimpleName(),
                    printable(packet.namespace()));
            session.close(DisconnectReason.FORCED_SERVER_CLOSE);
        }
    }

    private void refuse(ProtocolException e) {
        LOG.info(
                "connection of {} is closed, it sent no Socket.IO: {}",
                session.request().remoteAddress(),
                e.error());
        session.close(DisconnectReason.FORCED_CLOSE);
    }

    @Override
    public void onClosed(DisconnectReason reason) {
        stopConnectDeadline();
        stopAttachmentDeadline();
        for (SocketImpl socket : List.copyOf(sockets)) {
            socket.end(reason);
        }
    }

    // Packets: each method says whether the state of the connection allows the packet.

    @Override
    public Boolean connect(Packet.Connect packet) {
        String name = packet.namespace();
        if (find(name) != null || (deciding != null && deciding.contains(name))) {
            return false;
        }
        NamespaceTable namespaces = gateway.namespaces();
        boolean possible = namespaces.isDeclared(name) || (namespaces.hasParents() && mayJoinMore());
        if (!possible) {
            refuse(name, NamespaceTable.UNKNOWN, format().connectError(name, NamespaceTable.UNKNOWN, null));
            return true;
        }
        NamespaceImpl namespace = namespaces.enter(name);
        HandshakeImpl handshake = new HandshakeImpl(session.request(), session.created(), name, packet.auth());
        if (namespace == null) {
            inBackground(name, () -> make(handshake));
        } else if (namespace.dispatch().checksConnect()) {
            inBackground(name, () -> decide(namespace, handshake));
        } else {
            join(namespace, handshake);
        }
        return true;
    }

    private boolean mayJoinMore() {
        return sockets.size() + (deciding == null ? 0 : deciding.size()) < MAX_NAMESPACES;
    }

    /** Has user code decide on a handler thread, which comes back to the loop with its decision. */
    private void inBackground(String namespace, Runnable work) {
        if (deciding == null) {
            deciding = new HashSet<>(2);
        }
        deciding.add(namespace);
        try {
            gateway.namespaces().executor().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("a connection is refused: the server is closing", e);
            session.close(DisconnectReason.SERVER_SHUTTING_DOWN);
        }
    }

    /** Has the parents say whether the namespace is to be made, and the middleware whether the client may come in. */
    private void make(HandshakeImpl handshake) {
        String name = handshake.namespace();
        try {
            decide(gateway.namespaces().enter(handshake), handshake);
        } catch (ConnectRefused e) {
            EncodedPacket answer = refusal(name, e);
            loop().execute(() -> {
                decided(name);
                refuse(name, e.publicMessage(), answer);
            });
        }
    }

    private void decide(NamespaceImpl namespace, HandshakeImpl handshake) {
        Runnable decision = session.isOpen() ? decision(namespace, handshake) : () -> keepOut(namespace);
        loop().execute(() -> {
            decided(namespace.name());
            decision.run();
        });
    }

    private Runnable decision(NamespaceImpl namespace, HandshakeImpl handshake) {
        try {
            namespace.dispatch().checkConnect(handshake);
            return () -> join(namespace, handshake);
        } catch (ConnectRefused e) {
            EncodedPacket answer = refusal(namespace.name(), e);
            return () -> {
                keepOut(namespace);
                refuse(namespace.name(), e.publicMessage(), answer);
            };
        }
    }

    private void decided(String namespace) {
        if (deciding != null) {
            deciding.remove(namespace);
            deciding = deciding.isEmpty() ? null : deciding;
        }
    }

    private void keepOut(NamespaceImpl namespace) {
        gateway.namespaces().refuse(namespace.name());
    }

    private void join(NamespaceImpl namespace, HandshakeImpl handshake) {
        if (!session.isOpen()) {
            keepOut(namespace);
            return;
        }
        stopConnectDeadline();
        SocketImpl socket = new SocketImpl(gateway.settings().socketIds().get(), namespace, this, handshake);
        sockets.add(socket);
        LOG.debug("{} connected from {}", socket, session.request().remoteAddress());
        socket.connect();
    }

    private EncodedPacket refusal(String namespace, ConnectRefused refusal) {
        try {
            return format().connectError(namespace, refusal.publicMessage(), refusal.data());
        } catch (IllegalArgumentException e) {
            LOG.warn("the data of a refusal of {} cannot be written; it is left out", printable(namespace), e);
            return format().connectError(namespace, refusal.publicMessage(), null);
        }
    }

    private void refuse(String namespace, String publicMessage, EncodedPacket answer) {
        LOG.info(
                "refused {} from {}: {}",
                printable(namespace),
                session.request().remoteAddress(),
                publicMessage);
        send(answer, false);
    }

    @Override
    public Boolean event(Packet.Event packet) {
        SocketImpl socket = find(packet.namespace());
        if (socket == null) {
            return false;
        }
        socket.receive(packet, packetBytes);
        return true;
    }

    @Override
    public Boolean ack(Packet.Ack packet) {
        SocketImpl socket = find(packet.namespace());
        if (socket == null) {
            return false;
        }
        socket.receive(packet);
        return true;
    }

    @Override
    public Boolean disconnect(Packet.Disconnect packet) {
        SocketImpl socket = find(packet.namespace());
        if (socket == null) {
            return false;
        }
        socket.end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        return true;
    }

    @Override
    public Boolean connectError(Packet.ConnectError packet) {
        return false;
    }

    private @Nullable SocketImpl find(String namespace) {
        for (SocketImpl socket : sockets) {
            if (socket.namespaceName().equals(namespace)) {
                return socket;
            }
        }
        return null;
    }

    private void stopConnectDeadline() {
        if (connectDeadline != null) {
            session.wheel().cancel(connectDeadline);
            connectDeadline = null;
        }
    }

    /** A client's text as one line of a log. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    // Link

    @Override
    public Loop loop() {
        return session.loop();
    }

    @Override
    public TimerWheel wheel() {
        return session.wheel();
    }

    @Override
    public WireFormat format() {
        return gateway.settings().format();
    }

    @Override
    public String transport() {
        return session.transportName().text();
    }

    @Override
    public SendResult send(EncodedPacket packet, boolean droppable) {
        return session.send(packet, droppable);
    }

    @Override
    public SendResult deliverShared(EncodedPacket packet, boolean droppable) {
        return session.deliver(packet, droppable, true);
    }

    @Override
    public void mailboxFull(boolean full) {
        fullMailboxes += full ? 1 : -1;
        session.reading(fullMailboxes == 0);
    }

    @Override
    public void forget(SocketImpl socket) {
        sockets.remove(socket);
        gateway.namespaces().leave(socket.namespaceName());
    }

    @Override
    public void disconnectAll() {
        if (!loop().inLoop()) {
            loop().execute(this::disconnectAll);
            return;
        }
        List.copyOf(sockets).forEach(SocketImpl::disconnect);
        session.close(DisconnectReason.FORCED_CLOSE);
    }
}
