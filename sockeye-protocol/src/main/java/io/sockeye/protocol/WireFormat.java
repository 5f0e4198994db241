// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A way to write the packets of Socket.IO, such as JSON.
 *
 * <p>An event is encoded once per format and the result is sent to every peer that uses it. Implementations are
 * stateless and may be used from any thread. {@link Packet#NO_ACK_ID} in the place of an acknowledgement id stands for
 * none.
 */
public interface WireFormat {
    /** The name of the format in options, metrics and logs. */
    String name();

    /**
     * Tells whether the first message of a connection, its CONNECT packet, is written in this format.
     *
     * @param array holds the message and perhaps more; not to be modified
     * @param offset where the message starts; behind the type digit of Engine.IO if it is text
     * @param length the number of bytes of the message
     * @param text whether it came as text
     */
    boolean recognizes(byte[] array, int offset, int length, boolean text);

    /**
     * Encodes the agreement that a socket has joined the namespace.
     *
     * @param socketId the public id of the socket
     * @param recoveryId the secret by which the client can get its state back later, or null if it cannot
     */
    EncodedPacket connect(String namespace, String socketId, @Nullable String recoveryId);

    /**
     * Encodes the refusal to let a client into the namespace.
     *
     * @param data details for the client, or null for none
     * @throws IllegalArgumentException if the data cannot be written
     */
    EncodedPacket connectError(String namespace, String message, @Nullable Object data);

    /** Encodes that a socket was removed from the namespace. */
    EncodedPacket disconnect(String namespace);

    /**
     * Encodes an event.
     *
     * @param args the arguments, or one {@link io.sockeye.event.Args} that stands for all of them
     * @throws IllegalArgumentException if an argument cannot be written
     */
    EncodedPacket event(String namespace, long ackId, String name, @Nullable Object... args);

    /**
     * Encodes the answer to an event.
     *
     * @param args the arguments, or one {@link io.sockeye.event.Args} that stands for all of them
     * @throws IllegalArgumentException if an argument cannot be written
     */
    EncodedPacket ack(String namespace, long ackId, @Nullable Object... args);

    /** Makes the receiving end for one connection. */
    PacketAssembler newAssembler(ProtocolLimits limits);
}
