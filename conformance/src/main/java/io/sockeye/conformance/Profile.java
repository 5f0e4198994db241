// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.util.function.IntFunction;

/** What a protocol suite expects of the server it is run against. Named as on the command line. */
enum Profile {
    /** Engine.IO 4 on {@code /engine.io/}: every message comes back as it was. */
    engine(EngineProfile::start),
    /** Socket.IO 5 on {@code /socket.io/}: what the Socket.IO protocol suite calls. */
    socket(SocketProfile::start);

    private final IntFunction<RunningProfile> starter;

    Profile(IntFunction<RunningProfile> starter) {
        this.starter = starter;
    }

    RunningProfile start(int port) {
        return starter.apply(port);
    }
}
