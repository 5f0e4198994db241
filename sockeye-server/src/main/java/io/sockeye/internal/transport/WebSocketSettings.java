// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.Headers;
import io.sockeye.api.PerMessageDeflate;
import java.util.List;

/**
 * How one WebSocket connection is run.
 *
 * @param maxMessageBytes the largest message accepted, over all its fragments, compressed and inflated; a larger one closes
 *     with 1009
 * @param subprotocols the subprotocols the server speaks, best first; the first that the client offers too is chosen
 * @param headers more header fields for the 101 response
 * @param deflate whether to compress if the client offers it
 * @param budget what unfinished messages may hold, of all connections together
 */
public record WebSocketSettings(
        int maxMessageBytes,
        List<String> subprotocols,
        Headers headers,
        PerMessageDeflate deflate,
        IncomingBudget budget) {

    /** Settings without a bound for all connections together. */
    public WebSocketSettings(
            int maxMessageBytes, List<String> subprotocols, Headers headers, PerMessageDeflate deflate) {
        this(maxMessageBytes, subprotocols, headers, deflate, IncomingBudget.UNLIMITED);
    }

    /** Settings without compression, and without a bound for all connections together. */
    public WebSocketSettings(int maxMessageBytes, List<String> subprotocols, Headers headers) {
        this(maxMessageBytes, subprotocols, headers, PerMessageDeflate.off());
    }
}
