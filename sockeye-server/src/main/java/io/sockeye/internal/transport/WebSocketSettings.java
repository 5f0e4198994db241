// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.Headers;
import java.util.List;

/**
 * How one WebSocket connection is run.
 *
 * @param maxMessageBytes the largest message accepted, over all its fragments; a larger one closes with 1009
 * @param subprotocols the subprotocols the server speaks, best first; the first that the client offers too is chosen
 * @param headers more header fields for the 101 response
 */
public record WebSocketSettings(int maxMessageBytes, List<String> subprotocols, Headers headers) {}
