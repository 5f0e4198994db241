// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.protocol.EncodedPacket;

/** What carries the packets of a session at the moment. The session's loop only. */
interface Transport {
    TransportName name();

    /** Whether a packet can be written now; if not, the session keeps it and is told when to try again. */
    boolean accepts(EncodedPacket packet);

    /** Whether it looks as if most packets would be accepted. */
    boolean looksReady();

    /** Writes a packet that was accepted. It leaves at the end of the loop's turn. */
    void write(EncodedPacket packet, boolean shared);

    /** Stops or resumes taking messages from the client. */
    void reading(boolean enabled);

    /** Ends the transport in the way its protocol has for it, after what was written. */
    void close();
}
