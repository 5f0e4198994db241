// SPDX-License-Identifier: Apache-2.0
package io.sockeye.attack;

import io.sockeye.Sockeye;
import io.sockeye.api.HttpResponse;
import io.sockeye.api.Namespace;
import io.sockeye.api.PerMessageDeflate;
import io.sockeye.api.RateLimit;
import io.sockeye.api.RateLimits;
import io.sockeye.api.WebSocket;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import io.sockeye.protocol.JsonFormat;
import io.sockeye.protocol.MessagePackFormat;
import io.sockeye.security.JwtAuth;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A server with everything switched on that a client can reach: compression, old clients, two formats, dynamic namespaces, plain
 * WebSockets, routes, a namespace for those who have a token. It is guarded as one of its size would be, but for limits of one address:
 * all clients have the same. The deadlines that are 20 s and more by default are 5 s, so that it need not be waited for them so long.
 */
final class AttackedServer {
    static final Duration DEADLINE = Duration.ofSeconds(5);
    static final String ROOM = "bystanders";

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final long SLOW_MILLIS = 20;
    private static final Request<Args, Args> ECHO = Request.of("echo", Args.class, Args.class);
    private static final Request<String, Integer> JOIN = Request.of("join", String.class, Integer.class);
    private static final Request<Note, Integer> NOTE = Request.of("note", Note.class, Integer.class);
    private static final Event<Long> TICK = Event.of("tick", Long.class);

    /** A payload that is bound to a type. */
    record Note(String text, Map<String, Object> more) {}

    private AttackedServer() {}

    /** @param publicKey what tokens are checked with, as a PEM */
    static Sockeye start(String publicKey) {
        Sockeye server = Sockeye.builder()
                .host("127.0.0.1")
                .port(0)
                .pingInterval(DEADLINE)
                .pingTimeout(DEADLINE)
                .connectTimeout(DEADLINE)
                .upgradeTimeout(DEADLINE)
                .allowEIO3(true)
                .wireFormats(new JsonFormat(), new MessagePackFormat())
                .perMessageDeflate(PerMessageDeflate.on())
                .maxDynamicNamespaces(1_000)
                .cleanupEmptyChildNamespaces(true)
                .maxConnections(6_000)
                .rateLimits(limits())
                .build();
        serve(server.namespace("/"));
        serve(server.namespaces(Pattern.compile("^/room-\\d+$")));
        server.namespace("/private").use(JwtAuth.builder().publicKeys(publicKey).build());
        server.webSocket("/raw").onText(WebSocket::send).onBinary(WebSocket::send);
        String page = "a page ".repeat(20_000);
        server.route("GET", "/page", request -> HttpResponse.text(page));
        server.route("POST", "/upload", request -> HttpResponse.text("" + request.body().length));
        return server.start();
    }

    /** So high that attackers meet other bounds before. */
    private static RateLimits limits() {
        return RateLimits.builder()
                .messages(RateLimit.of(500, ONE_SECOND).withBurst(5_000))
                .bytes(RateLimit.of(5_000_000, ONE_SECOND).withBurst(20_000_000))
                .joins(RateLimit.of(100, ONE_SECOND).withBurst(500))
                .build();
    }

    private static void serve(Namespace namespace) {
        namespace
                .on(ECHO, (socket, args) -> args)
                .on(NOTE, (socket, note) -> note.text().length())
                .on(JOIN, (socket, room) -> {
                    socket.join(room);
                    return socket.rooms().size();
                })
                .on("leave", String.class, (socket, room) -> socket.leave(room))
                .on("slow", String.class, (socket, text) -> Thread.sleep(SLOW_MILLIS))
                .on(
                        "publish",
                        Long.class,
                        (socket, number) -> namespace.to(ROOM).emit(TICK, number));
    }
}
