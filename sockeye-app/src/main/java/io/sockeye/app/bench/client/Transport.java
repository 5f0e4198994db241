// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

import io.sockeye.app.bench.wire.PacketTemplate;

/** What carries a session. Event loop only. */
interface Transport {
    /** Sends a packet so many times, in one write. */
    void send(PacketTemplate packet, long stamp, int id, int times);

    /** Answers a heartbeat. */
    void sendPong();

    /** Told that the namespace is joined. False if the session is to go on over another transport first. */
    boolean settled();

    /** Reads no more. */
    void stopReading();

    /** Takes leave of the server and closes. */
    void leave();

    /** Closes without a word. */
    void abort();
}
