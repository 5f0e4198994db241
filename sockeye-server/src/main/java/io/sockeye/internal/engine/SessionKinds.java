// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.internal.transport.LoopCounters.Count;

/** What sessions are counted as. */
final class SessionKinds {
    private SessionKinds() {}

    /** The number of the sessions like this one. */
    static Count of(EngineVersion version, TransportName transport) {
        boolean polling = transport == TransportName.POLLING;
        if (version == EngineVersion.V3) {
            return polling ? Count.POLLING_3 : Count.WEBSOCKET_3;
        }
        return polling ? Count.POLLING_4 : Count.WEBSOCKET_4;
    }
}
