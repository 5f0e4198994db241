// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.sockeye.api.NetworkIo;
import java.time.Duration;

/**
 * How a listener is run. Immutable.
 *
 * @param loops the number of event loops, each with one thread; 1 or more
 * @param threadName the prefix of the threads' names
 * @param maxRequestLineBytes the longest request line accepted; a longer one is answered 414
 * @param maxHeaderBytes the most bytes of header fields accepted; more are answered 431
 * @param idleTimeout how long a connection may stay open between two requests
 * @param progressTimeout how long a request head may take, and how long a body or an answer may go without progress
 * @param networkIo how the loops wait for the network
 */
public record HttpListenerSettings(
        int loops,
        String threadName,
        int maxRequestLineBytes,
        int maxHeaderBytes,
        Duration idleTimeout,
        Duration progressTimeout,
        NetworkIo networkIo) {

    public HttpListenerSettings {
        if (loops < 1) {
            throw new IllegalArgumentException("expected at least one event loop, got " + loops);
        }
    }

    /** One loop per processor, 8 KiB of request line, 16 KiB of header fields, 60 s idle, 10 s without progress. */
    public static HttpListenerSettings defaults() {
        return new HttpListenerSettings(
                Runtime.getRuntime().availableProcessors(),
                "sockeye-loop",
                8 * 1024,
                16 * 1024,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                NetworkIo.AUTOMATIC);
    }

    /** The same settings with another number of loops. */
    public HttpListenerSettings withLoops(int count) {
        return new HttpListenerSettings(
                count, threadName, maxRequestLineBytes, maxHeaderBytes, idleTimeout, progressTimeout, networkIo);
    }

    /** The same settings with other timeouts. */
    public HttpListenerSettings withTimeouts(Duration idle, Duration progress) {
        return new HttpListenerSettings(
                loops, threadName, maxRequestLineBytes, maxHeaderBytes, idle, progress, networkIo);
    }

    /** The same settings with another way to wait for the network. */
    public HttpListenerSettings withNetworkIo(NetworkIo wanted) {
        return new HttpListenerSettings(
                loops, threadName, maxRequestLineBytes, maxHeaderBytes, idleTimeout, progressTimeout, wanted);
    }
}
