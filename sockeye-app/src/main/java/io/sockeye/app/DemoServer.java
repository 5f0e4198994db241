// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import io.sockeye.api.StaticContent;
import io.sockeye.security.JwtAuth;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The chat and its page on one port. */
final class DemoServer {
    private DemoServer() {}

    static Sockeye create(SockeyeBuilder options) {
        return create(options, null);
    }

    /** @param auth lets those in who have a token, or null for everybody */
    static Sockeye create(SockeyeBuilder options, @Nullable JwtAuth auth) {
        Sockeye server = options.build();
        if (auth != null) {
            server.namespace("/").use(auth);
        }
        ChatRoom.open(server.namespace("/"), Clock.systemUTC());
        server.files("/", StaticContent.classPath(DemoServer.class, "/web").fallbackToIndex());
        return server;
    }
}
