// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.client;

/** How sessions reach the server. */
public enum TransportKind {
    /** Long-polling to the end. */
    POLLING,
    /** A WebSocket from the start. */
    WEBSOCKET,
    /** Long-polling first, then a WebSocket, as browsers do. */
    UPGRADE
}
