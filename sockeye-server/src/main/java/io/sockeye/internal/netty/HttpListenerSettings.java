// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.sockeye.api.NetworkIo;
import io.sockeye.api.RequestLimits;
import io.sockeye.internal.transport.IncomingBudget;
import java.time.Duration;

/**
 * How a listener is run. Immutable.
 *
 * @param loops the number of event loops, each with one thread; 1 or more
 * @param threadName the prefix of the threads' names
 * @param limits what one request may take
 * @param networkIo how the loops wait for the network
 * @param edge who may connect, and whose word about others is taken
 * @param budget what bodies may hold until they are whole, of all connections together
 */
public record HttpListenerSettings(
        int loops,
        String threadName,
        RequestLimits limits,
        NetworkIo networkIo,
        EdgeSettings edge,
        IncomingBudget budget) {

    public HttpListenerSettings {
        if (loops < 1) {
            throw new IllegalArgumentException("expected at least one event loop, got " + loops);
        }
    }

    /** One loop per processor, the default limits of requests, an open edge and an endless budget. */
    public static HttpListenerSettings defaults() {
        return new HttpListenerSettings(
                Runtime.getRuntime().availableProcessors(),
                "sockeye-loop",
                RequestLimits.defaults(),
                NetworkIo.AUTOMATIC,
                EdgeSettings.open(),
                IncomingBudget.UNLIMITED);
    }

    /** The same settings with another number of loops. */
    public HttpListenerSettings withLoops(int count) {
        return new HttpListenerSettings(count, threadName, limits, networkIo, edge, budget);
    }

    /** The same settings with other limits of requests. */
    public HttpListenerSettings withLimits(RequestLimits wanted) {
        return new HttpListenerSettings(loops, threadName, wanted, networkIo, edge, budget);
    }

    /** The same settings with default limits but for the timeouts. */
    public HttpListenerSettings withTimeouts(Duration idle, Duration progress) {
        return withLimits(RequestLimits.builder()
                .idleTimeout(idle)
                .headTimeout(progress)
                .progressTimeout(progress)
                .build());
    }

    /** The same settings with another way to wait for the network. */
    public HttpListenerSettings withNetworkIo(NetworkIo wanted) {
        return new HttpListenerSettings(loops, threadName, limits, wanted, edge, budget);
    }

    /** The same settings with another edge. */
    public HttpListenerSettings withEdge(EdgeSettings wanted) {
        return new HttpListenerSettings(loops, threadName, limits, networkIo, wanted, budget);
    }

    /** The same settings with another budget. */
    public HttpListenerSettings withBudget(IncomingBudget wanted) {
        return new HttpListenerSettings(loops, threadName, limits, networkIo, edge, wanted);
    }
}
