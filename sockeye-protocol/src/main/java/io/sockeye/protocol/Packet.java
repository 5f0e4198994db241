// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import io.sockeye.event.Args;
import org.jspecify.annotations.Nullable;

/** One received packet of Socket.IO, with the attachments of a binary one in their places. */
public sealed interface Packet {
    /** The acknowledgement id of a packet that has none. */
    long NO_ACK_ID = -1;

    /** The name of the namespace, as it came; {@code /} if none was given. A query string is part of the name. */
    String namespace();

    /** Calls the method of the visitor that belongs to the kind of this packet. */
    <R> R accept(Visitor<R> visitor);

    /**
     * The client asks to join a namespace, or the server agrees.
     *
     * @param auth one argument, an object, or null if the packet has no payload
     */
    record Connect(String namespace, @Nullable Args auth) implements Packet {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.connect(this);
        }
    }

    /** The peer leaves the namespace. */
    record Disconnect(String namespace) implements Packet {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.disconnect(this);
        }
    }

    /**
     * Something happened.
     *
     * @param ackId what an acknowledgement has to name, or {@link #NO_ACK_ID} if none is wanted
     * @param name not one of the reserved names; the text of the number if a number was given; empty if the packet has
     *     no payload at all, which is tolerated as the reference implementation does
     */
    record Event(String namespace, long ackId, String name, Args args) implements Packet {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.event(this);
        }
    }

    /**
     * The answer to an event.
     *
     * @param ackId the id that came with the event, or {@link #NO_ACK_ID} if the answer names none
     */
    record Ack(String namespace, long ackId, Args args) implements Packet {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.ack(this);
        }
    }

    /**
     * The server refuses to let the client into a namespace. A client never sends it.
     *
     * @param reason one argument, an object or text, or null if the packet has no payload
     */
    record ConnectError(String namespace, @Nullable Args reason) implements Packet {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.connectError(this);
        }
    }

    /**
     * An operation with one case for each kind of packet.
     *
     * @param <R> the result
     */
    interface Visitor<R> {
        R connect(Connect packet);

        R disconnect(Disconnect packet);

        R event(Event packet);

        R ack(Ack packet);

        R connectError(ConnectError packet);
    }
}
