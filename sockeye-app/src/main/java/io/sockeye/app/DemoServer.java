// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import io.sockeye.api.StaticContent;
import java.time.Clock;

/** The chat and its page on one port. */
final class DemoServer {
    private DemoServer() {}

    static Sockeye create(SockeyeBuilder options) {
        Sockeye server = options.build();
        ChatRoom.open(server.namespace("/"), Clock.systemUTC());
        server.files("/", StaticContent.classPath(DemoServer.class, "/web").fallbackToIndex());
        return server;
    }
}
