// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.api.NetworkIo;

/** What a protocol suite expects of the server it is run against. Named as on the command line. */
enum Profile {
    /** Engine.IO 4 on {@code /engine.io/}: every message comes back as it was. */
    engine,
    /** The same for clients of Engine.IO 3 too. */
    engine3,
    /** Socket.IO 5 on {@code /socket.io/}: what the Socket.IO protocol suite calls. */
    socket,
    /** Socket.IO on {@code /socket.io/} for clients of every generation and format, with an event for all that they can see. */
    clients,
    /** Socket.IO on {@code /socket.io/} with the events that load testers call, and a WebSocket echo on {@code /raw}. */
    bench;

    RunningProfile start(int port) {
        return start(port, HandlerPlace.loop, NetworkIo.AUTOMATIC);
    }

    /** Only the profile {@code bench} looks at where handlers run and how the network is used. */
    RunningProfile start(int port, HandlerPlace handlers, NetworkIo networkIo) {
        return switch (this) {
            case engine -> EngineProfile.start(port, false);
            case engine3 -> EngineProfile.start(port, true);
            case socket -> SocketProfile.start(port);
            case clients -> ClientsProfile.start(port);
            case bench -> BenchProfile.start(port, handlers, networkIo);
        };
    }
}
