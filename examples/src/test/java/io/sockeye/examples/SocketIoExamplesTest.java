// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each example, used by socket.io-client as its script in {@code src/test/node} says. */
@Tag("client")
@Timeout(60)
class SocketIoExamplesTest {
    @Test
    void gettingStarted() throws Exception {
        try (Sockeye server = GettingStarted.start(0)) {
            NodeClient.run("getting-started.mjs", server.port());
        }
    }

    @Test
    void chat() throws Exception {
        try (Sockeye server = Chat.start(0)) {
            NodeClient.run("chat.mjs", server.port());
        }
    }

    @Test
    void eventsAndRequests() throws Exception {
        try (Sockeye server = EventsAndRequests.start(0)) {
            NodeClient.run("events-and-requests.mjs", server.port());
        }
    }

    @Test
    void perSocketHandlers() throws Exception {
        try (Sockeye server = PerSocketHandlers.start(0)) {
            NodeClient.run("per-socket-handlers.mjs", server.port());
        }
    }

    @Test
    void rooms() throws Exception {
        try (Sockeye server = RoomsExample.start(0)) {
            NodeClient.run("rooms.mjs", server.port());
        }
    }

    @Test
    void roomRequests() throws Exception {
        try (Sockeye server = RoomRequests.start(0)) {
            NodeClient.run("room-requests.mjs", server.port());
        }
    }

    @Test
    void bulkOperations() throws Exception {
        try (Sockeye server = BulkOperations.start(0)) {
            NodeClient.run("bulk-operations.mjs", server.port());
        }
    }

    @Test
    void dynamicNamespaces() throws Exception {
        try (Sockeye server = DynamicNamespaces.start(0)) {
            NodeClient.run("dynamic-namespaces.mjs", server.port());
        }
    }

    @Test
    void recoveredChat() throws Exception {
        try (Sockeye server = RecoveredChat.start(0)) {
            NodeClient.run("recovered-chat.mjs", server.port());
        }
    }

    @Test
    void handshakes() throws Exception {
        try (Sockeye server = Handshakes.start(0)) {
            NodeClient.run("handshakes.mjs", server.port());
        }
    }

    @Test
    void connectAuth() throws Exception {
        try (Sockeye server = ConnectAuth.start(0)) {
            NodeClient.run("connect-auth.mjs", server.port());
        }
    }

    @Test
    void jwtChat() throws Exception {
        try (Sockeye server = JwtChat.start(0)) {
            NodeClient.run("jwt.mjs", server.port());
        }
    }

    @Test
    void authorisation() throws Exception {
        try (Sockeye server = Authorisation.start(0)) {
            NodeClient.run("authorisation.mjs", server.port());
        }
    }

    @Test
    void validation() throws Exception {
        try (Sockeye server = Validation.start(0)) {
            NodeClient.run("validation.mjs", server.port());
        }
    }

    @Test
    void publicServer() throws Exception {
        try (Sockeye server = PublicServer.start(0)) {
            NodeClient.run("public-server.mjs", server.port());
        }
    }

    @Test
    void binary() throws Exception {
        try (Sockeye server = BinaryExample.start(0)) {
            NodeClient.run("binary.mjs", server.port());
        }
    }

    @Test
    void httpRoutes(@TempDir Path downloads) throws Exception {
        try (Sockeye server = HttpRoutes.start(0, downloads)) {
            NodeClient.run("http-routes.mjs", server.port());
        }
    }

    @Test
    void serverPush() throws Exception {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Sockeye server = Sockeye.builder().port(0).build()) {
            Future<?> pushing = ServerPush.push(server, timer, Clock.systemUTC());
            server.start();
            NodeClient.run("server-push.mjs", server.port());
            pushing.cancel(false);
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void backpressure() throws Exception {
        try (Sockeye server = Backpressure.start(0)) {
            NodeClient.run("backpressure.mjs", server.port());
        }
    }

    @Test
    void rateLimited() throws Exception {
        try (Sockeye server = RateLimited.start(0)) {
            NodeClient.run("rate-limited.mjs", server.port());
        }
    }

    @Test
    void gracefulClose() throws Exception {
        Sockeye server = GracefulClose.start(0);
        NodeClient.run("graceful-close.mjs", server.port(), server::close);
    }
}
