// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import java.net.InetSocketAddress;
import java.util.List;

/** A listening port with its event loops. Any thread. */
public interface HttpListener {
    /** The event loops, by index. */
    List<Loop> loops();

    /**
     * Binds and starts to accept.
     *
     * @return the bound address, with the real port where 0 was asked for
     * @throws java.io.UncheckedIOException if the address cannot be bound; the message says which and what to do
     */
    InetSocketAddress start(InetSocketAddress address, HttpService service);

    /** How many TCP connections are open. */
    int connections();

    /** Bytes outside of the heap that network buffers take, those of other listeners in this JVM included. */
    long bufferBytes();

    /** Stops to accept. Connections go on. */
    void stopAccepting();

    /**
     * Closes the connections that are left and ends the loops. Waits for the end, but not on a loop.
     *
     * @param deadlineMillis the longest wait
     */
    void close(long deadlineMillis);
}
