// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.wire;

/** What a packet from the server means. Event loop only. */
public interface PacketListener {
    /** The namespace was joined. */
    void onConnect();

    /** The server refused the namespace. */
    void onConnectError(String reason);

    /**
     * An acknowledgement.
     *
     * @param stamp of the payload that came back, or {@link Stamp#NONE}
     */
    void onAcknowledgement(long stamp);

    /** A message to the room, with the stamp of its payload. */
    void onDelivery(long stamp);

    /** The server took the session out of the namespace. */
    void onDisconnect();
}
