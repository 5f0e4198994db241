// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Headers;
import io.sockeye.api.HttpCompression;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.api.SessionCookie;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** What can be said before a client has a session, and how what it gets is compressed. */
public final class Handshakes {
    private static final Set<String> API_KEYS = Set.of("mobile-app", "web-page");

    private Handshakes() {}

    static Sockeye start(int port) {
        SockeyeBuilder options = Sockeye.builder().port(port);
        requests(options);
        answers(options);
        // tag::compression[]
        options.perMessageDeflate(PerMessageDeflate.on()); // off by default
        options.httpCompression(HttpCompression.builder().threshold(4_096).build()); // on from 1,024 bytes by default
        options.serveClient(true); // the default
        // end::compression[]
        Sockeye server = options.build();
        // tag::compress[]
        server.namespace("/").on("photo", byte[].class, (socket, jpeg) -> {
            socket.broadcast().compress(false).emit("photo", jpeg);
        });
        // end::compress[]
        return server.start();
    }

    private static void requests(SockeyeBuilder options) {
        // tag::check[]
        options.allowRequest(request -> {
            String key = request.parameter("key"); // io(url, { query: { key } })
            if (key == null || !API_KEYS.contains(key)) {
                throw new ConnectRefused("Unknown key");
            }
        });
        // end::check[]
        // tag::middleware[]
        options.requestMiddleware(request -> {
            if (isBlocked(request)) {
                throw new ConnectRefused("Blocked");
            }
            return Headers.of();
        });
        // end::middleware[]
        // tag::errors[]
        options.onConnectionError(error -> System.out.println(
                error.code() + " " + error.message() + " " + error.request() + " " + error.context()));
        // end::errors[]
    }

    private static void answers(SockeyeBuilder options) {
        // tag::headers[]
        options.onInitialHeaders(request -> Headers.of("x-node", "a"))
                .onHeaders(request -> Headers.of("x-content-type-options", "nosniff"));
        // end::headers[]
        // tag::cookie[]
        options.cookie(SessionCookie.of("io").secure(true));
        // end::cookie[]
        // tag::ids[]
        SecureRandom random = new SecureRandom();
        options.sessionIds(request -> {
            byte[] bytes = new byte[18];
            random.nextBytes(bytes);
            return "a." + Base64.getUrlEncoder().encodeToString(bytes); // a is this node
        });
        // end::ids[]
    }

    private static boolean isBlocked(HttpRequest request) {
        return "scraper".equals(request.headers().first("user-agent"));
    }

    public static void main(String[] args) {
        start(3000);
    }
}
