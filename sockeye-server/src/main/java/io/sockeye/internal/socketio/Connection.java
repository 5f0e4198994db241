// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.socketio;

import io.sockeye.api.DisconnectReason;
import io.sockeye.api.SendResult;
import io.sockeye.event.Args;
import io.sockeye.guard.ConnectionLimits;
import io.sockeye.guard.ConnectionsPerUser;
import io.sockeye.internal.core.HandshakeImpl;
import io.sockeye.internal.core.Link;
import io.sockeye.internal.core.SocketImpl;
import io.sockeye.internal.core.WireFormats;
import io.sockeye.internal.engine.EngineSession;
import io.sockeye.internal.engine.EngineVersion;
import io.sockeye.internal.engine.SessionListener;
import io.sockeye.internal.limits.ConnectionRates;
import io.sockeye.internal.timing.Timed;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.Refusals;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.Packet;
import io.sockeye.protocol.PacketAssembler;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.WireFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private final EngineSession session;
    private final SocketIoGateway gateway;

    /** That of the first message; the server's first one until then. Written on the loop, read by any thread. */
    private volatile WireFormat format;

    /** Null until the first message. */
    private @Nullable PacketAssembler assembler;

    /** Mostly one. Replaced, never changed. */
    private List<SocketImpl> sockets = List.of();

    /** The namespaces of which it is being decided whether the client may join; null for none. */
    private @Nullable Set<String> waiting;

    /** For whom the connection is counted; null until it is for somebody. */
    private @Nullable ConnectionUsers users;

    /** Ends a connection that joins no namespace; null once it has. */
    private @Nullable ConnectDeadline connectDeadline;

    /** Ends a connection whose attachments do not come; null until the first binary packet. */
    private @Nullable AttachmentDeadline attachmentDeadline;

    /** What the packet that is being taken, or put together, holds in memory. */
    private int packetBytes;

    /** What of it the ledger knows. */
    private int held;

    private int fullMailboxes;

    /** Null until something of the client is limited. */
    private @Nullable ConnectionRates rates;

    Connection(EngineSession session, SocketIoGateway gateway) {
        this.session = session;
        this.gateway = gateway;
        WireFormats formats = gateway.settings().formats();
        this.format = session.version() == EngineVersion.V3 ? formats.json() : formats.first();
        startConnectDeadline();
    }

    /** Called once, before anything comes from the client. */
    void begin() {
        if (session.version() == EngineVersion.V3) {
            admit("/", null);
        }
    }

    /** The time a client has to join a namespace. */
    private final class ConnectDeadline extends Timed {
        @Override
        protected void onDeadline() {
            if (session.turnedAway() != null) {
                session.fail(DisconnectReason.FORCED_SERVER_CLOSE);
                return;
            }
            closeFor("it joined no namespace in time", DisconnectReason.FORCED_SERVER_CLOSE);
        }
    }

    /** The time a client has to send the attachments that it announced. */
    private final class AttachmentDeadline extends Timed {
        @Override
        protected void onDeadline() {
            closeFor("announced attachments did not come", DisconnectReason.FORCED_CLOSE);
        }
    }

    // What comes from the session

    @Override
    public void onText(byte[] array, int offset, int length) {
        try {
            packetBytes = length;
            Packet packet = assembler(array, offset, length, true).text(array, offset, length);
            if (packet != null) {
                take(packet);
                packetBytes = 0;
            } else if (hold(packetBytes)) {
                expectAttachments();
            }
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    @Override
    public void onBinary(byte[] data) {
        try {
            packetBytes += data.length;
            Packet packet = assembler(data, 0, data.length, false).binary(data);
            hold(packet == null ? packetBytes : 0);
            if (packet != null) {
                stopAttachmentDeadline();
                take(packet);
                packetBytes = 0;
            }
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    /** Notes what the packet that is being put together holds; false if that is too much, and then the connection ends. */
    private boolean hold(int bytes) {
        int wanted = bytes < IncomingBudget.LEAST_COUNTED ? 0 : bytes;
        if (wanted > held && !session.ledger().take(wanted - held, held)) {
            closeFor("the server holds too much for its attachments", DisconnectReason.FORCED_CLOSE);
            return false;
        }
        if (wanted < held) {
            session.ledger().release(held - wanted);
        }
        held = wanted;
        return true;
    }

    private PacketAssembler assembler(byte[] array, int offset, int length, boolean text) {
        PacketAssembler known = assembler;
        if (known == null) {
            WireFormats formats = gateway.settings().formats();
            if (session.version() == EngineVersion.V4) {
                format = formats.recognize(array, offset, length, text);
            }
            formats.count(format, 1);
            known = format.newAssembler(gateway.settings().packets());
            assembler = known;
        }
        return known;
    }

    /** Nothing is kept for a client before it has joined a namespace, and nothing for long. */
    private void expectAttachments() {
        if (sockets.isEmpty()) {
            closeFor("it sent attachments first", DisconnectReason.FORCED_SERVER_CLOSE);
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
            String what = packet.getClass().getSimpleName() + " for " + LogText.printable(packet.namespace());
            closeFor("its state does not allow a " + what, DisconnectReason.FORCED_SERVER_CLOSE);
        }
    }

    private void refuse(ProtocolException e) {
        closeFor("it sent no Socket.IO, " + e.error(), DisconnectReason.FORCED_CLOSE);
    }

    @Override
    public void onClosed(DisconnectReason reason) {
        stopConnectDeadline();
        stopAttachmentDeadline();
        hold(0);
        if (assembler != null) {
            gateway.settings().formats().count(format, -1);
            // It may hold attachments, and the session is there until the client has taken the end.
            assembler = null;
        }
        for (SocketImpl socket : sockets) {
            socket.end(reason);
        }
        if (users != null) {
            users.leaveAll();
        }
    }

    @Override
    public void onHeartbeat() {
        for (SocketImpl socket : sockets) {
            socket.trim();
        }
    }

    @Override
    public boolean busy() {
        return waiting != null || sockets.stream().anyMatch(SocketImpl::busy);
    }

    // Packets: each method says whether the state of the connection allows the packet.

    @Override
    public Boolean connect(Packet.Connect packet) {
        String name = session.version() == EngineVersion.V3 ? LegacyNamespace.name(packet) : packet.namespace();
        if (find(name) != null || isWaitingFor(name)) {
            // Clients of Socket.IO 2 are in the main namespace from the start, and some ask for it nevertheless.
            return session.version() == EngineVersion.V3;
        }
        Args auth = session.version() == EngineVersion.V3 ? LegacyNamespace.auth(packet) : packet.auth();
        admit(name, auth);
        return true;
    }

    private void admit(String name, @Nullable Args auth) {
        HandshakeImpl handshake = new HandshakeImpl(session.request(), name, auth);
        new Admission(this, gateway, handshake).start();
    }

    private boolean isWaitingFor(String namespace) {
        return waiting != null && waiting.contains(namespace);
    }

    // What admissions need. Loop only.

    /** Whether the client may ask for one more namespace. */
    boolean mayJoinMore() {
        return sockets.size() + (waiting == null ? 0 : waiting.size())
                < gateway.settings().maxNamespaces();
    }

    /** It is being decided whether the client may join a namespace. */
    void waitFor(String namespace) {
        if (waiting == null) {
            waiting = new HashSet<>(2);
        }
        waiting.add(namespace);
    }

    /** It has been decided. */
    void decided(String namespace) {
        if (waiting != null) {
            waiting.remove(namespace);
            waiting = waiting.isEmpty() ? null : waiting;
        }
    }

    EngineSession session() {
        return session;
    }

    /** A socket of the client is about to be made known. */
    void joined(SocketImpl socket) {
        stopConnectDeadline();
        List<SocketImpl> joined = new ArrayList<>(sockets);
        joined.add(socket);
        sockets = List.copyOf(joined);
    }

    /** The socket could not be what it was to be. */
    void parted(SocketImpl socket) {
        remove(socket);
        leaveUser(socket);
        if (sockets.isEmpty()) {
            startConnectDeadline();
        }
    }

    private void leaveUser(SocketImpl socket) {
        if (users != null) {
            users.leave(socket.namespaceName());
        }
    }

    private void remove(SocketImpl socket) {
        List<SocketImpl> left = new ArrayList<>(sockets);
        left.remove(socket);
        sockets = List.copyOf(left);
    }

    /**
     * Counts the connection for a user, of whom it is in a namespace.
     *
     * @return false if it is one connection of that user too many
     */
    boolean countFor(ConnectionsPerUser counted, String namespace, String user) {
        if (users == null) {
            users = new ConnectionUsers(counted);
        }
        return users.enter(namespace, user);
    }

    // Packets of a namespace that was joined

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

    private void startConnectDeadline() {
        ConnectDeadline deadline = new ConnectDeadline();
        connectDeadline = deadline;
        long time = gateway.settings().connectTimeout();
        session.wheel()
                .schedule(
                        deadline,
                        session.turnedAway() == null ? time : Math.min(time, ConnectionLimits.TURN_AWAY_MILLIS));
    }

    private void stopConnectDeadline() {
        if (connectDeadline != null) {
            session.wheel().cancel(connectDeadline);
            connectDeadline = null;
        }
    }

    private void closeFor(String fault, DisconnectReason reason) {
        refusals().log(LOG, "connection of {} is closed: {}", session.request().remoteAddress(), fault);
        session.close(reason);
    }

    private Refusals refusals() {
        return gateway.settings().limits().refusals();
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
        return format;
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
    public boolean looksReady() {
        return session.looksReady();
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
    public ConnectionRates limits() {
        ConnectionRates present = rates;
        if (present == null) {
            present = new ConnectionRates(
                    gateway.settings().rates(), session.request().remoteAddress());
            rates = present;
        }
        return present;
    }

    @Override
    public void strike() {
        if (session.isOpen() && !limits().strike()) {
            closeFor(
                    "it exceeded limits, or sent what handlers do not take, too often",
                    DisconnectReason.POLICY_VIOLATION);
        }
    }

    @Override
    public void forget(SocketImpl socket) {
        remove(socket);
        leaveUser(socket);
        gateway.namespaces().leave(socket.namespaceName());
    }

    @Override
    public void disconnectAll() {
        if (!loop().inLoop()) {
            loop().execute(this::disconnectAll);
            return;
        }
        sockets.forEach(SocketImpl::disconnect);
        session.close(DisconnectReason.FORCED_CLOSE);
    }

    @Override
    public boolean recoverable() {
        return session.version() == EngineVersion.V4 && !session.lossy();
    }

    @Override
    public EncodedPacket admission(String namespace, String socketId, @Nullable String recoveryId) {
        return session.version() == EngineVersion.V3
                ? LegacyNamespace.admission(namespace)
                : format.connect(namespace, socketId, recoveryId);
    }

    @Override
    public void breakOff() {
        loop().run(() -> session.fail(DisconnectReason.TRANSPORT_ERROR));
    }
}
