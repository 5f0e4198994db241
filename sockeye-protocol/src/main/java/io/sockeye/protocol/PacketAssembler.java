// SPDX-License-Identifier: Apache-2.0
package io.sockeye.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a wire format: takes the messages of one connection in order and makes packets of them.
 *
 * <p>It is the only codec with a state, the packet whose attachments have not all come yet. Not thread-safe: confined
 * to the event loop of its connection. After a {@link ProtocolException} nothing is pending; the connection should be
 * closed, since what follows may be attachments of the refused packet.
 */
public interface PacketAssembler {
    /**
     * Takes one text message.
     *
     * @param array holds the text, valid UTF-8; the packet refers to it, so nobody may modify it any more
     * @param offset where the text starts, behind the type digit of Engine.IO
     * @param length the number of bytes of the text
     * @return the packet, or null if attachments of it are due
     * @throws ProtocolException if the text is no packet, or none is expected
     */
    @Nullable
    Packet text(byte[] array, int offset, int length);

    /**
     * Takes one binary message.
     *
     * @param data the bytes; the packet refers to them, so nobody may modify them any more
     * @return the packet that is complete with it, or null if more attachments are due
     * @throws ProtocolException if no binary message is expected, or if it is too large
     */
    @Nullable
    Packet binary(byte[] data);

    /** Tells whether attachments of a packet are due. */
    boolean pending();
}
