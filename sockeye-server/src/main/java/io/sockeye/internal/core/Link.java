// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.core;

import io.sockeye.api.SendResult;
import io.sockeye.internal.limits.ConnectionRates;
import io.sockeye.internal.timing.TimerWheel;
import io.sockeye.internal.transport.Loop;
import io.sockeye.protocol.EncodedPacket;
import io.sockeye.protocol.WireFormat;
import org.jspecify.annotations.Nullable;

/** The connection below a socket, as the socket needs it. */
public interface Link {
    /** The loop that the connection belongs to, for life. Any thread. */
    Loop loop();

    /** The deadlines of the loop. Loop only. */
    TimerWheel wheel();

    /** How packets for this client are written. Any thread. */
    WireFormat format();

    /** The name of what carries packets at the moment. Any thread. */
    String transport();

    /** Sends a packet. Any thread; packets of one thread leave in the order it gave them. */
    SendResult send(EncodedPacket packet, boolean droppable);

    /** Whether it looks as if a packet would go out at once. Loop only. */
    boolean looksReady();

    /** Sends a packet that is about to be sent to other connections of the loop too. Loop only. */
    SendResult deliverShared(EncodedPacket packet, boolean droppable);

    /** Counts a mailbox that is full, or is no longer: reading goes on when none is. Loop only. */
    void mailboxFull(boolean full);

    /** What the connection has used of its limits. Loop only. */
    ConnectionRates limits();

    /** Counts something that the client should not have done, and closes the connection if it was too often. Loop only. */
    void strike();

    /** Forgets a socket that is gone. Loop only. */
    void forget(SocketImpl socket);

    /** Disconnects all sockets of the connection, and closes it after what was sent. Any thread. */
    void disconnectAll();

    /** What tells the client that it has joined a namespace. Any thread. */
    EncodedPacket admission(String namespace, String socketId, @Nullable String recoveryId);

    /** Whether the client can come back as the socket that it was: not if packets for it were dropped. Any thread. */
    boolean recoverable();

    /** Ends the connection at once, as if it had broken: its client has a new one. Any thread. */
    void breakOff();
}
