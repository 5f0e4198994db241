// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

/** What a scenario asks for, and a server may have. */
enum Trait {
    /** Acknowledges an event over WebSocket, as JSON. */
    ECHO,
    /** Sends one event to many over WebSocket, as JSON. */
    FAN_OUT,
    /** Is to be measured with connections that only come, or only stay. */
    CONNECTIONS,
    /** Echoes on a plain WebSocket endpoint. */
    RAW,
    /** Speaks MessagePack. */
    MESSAGE_PACK,
    /** Serves HTTP long-polling. */
    POLLING
}
