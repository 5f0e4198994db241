// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.sockeye.Sockeye;
import io.sockeye.api.ConnectRefused;
import io.sockeye.api.Handshake;
import io.sockeye.api.Namespace;
import io.sockeye.api.WebSocket;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.text.ParseException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with the events that the load tester sends, which counts what it is asked. */
final class BenchServer implements AutoCloseable {
    /** The secret of tokens on the namespace {@code /tokens}. */
    static final String SECRET = "a secret of the tests that is long enough for HS256";

    private static final Request<Args, Args> ECHO = Request.of("echo", Args.class, Args.class);
    private static final Request<String, Void> JOIN = Request.of("join", String.class, Void.class);
    private static final Event<Args> PUBLISH = Event.of("pub", Args.class);

    final AtomicInteger publishes = new AtomicInteger();
    final AtomicInteger joins = new AtomicInteger();
    final AtomicInteger connects = new AtomicInteger();
    final AtomicInteger echoes = new AtomicInteger();
    final Set<String> subjects = ConcurrentHashMap.newKeySet();
    final Set<String> headers = ConcurrentHashMap.newKeySet();

    private final Sockeye server = Sockeye.builder()
            .host("127.0.0.1")
            .port(0)
            .eventLoops(1)
            .outboxLimits(256 * 1024, 16_384)
            .build();
    private final int stallAt;
    private final long stallMillis;

    BenchServer() {
        this(-1, 0);
    }

    /** A server that stops for a time when it answers a certain request. */
    BenchServer(int stallAt, long stallMillis) {
        this.stallAt = stallAt;
        this.stallMillis = stallMillis;
        serve(server.namespace("/"));
        serve(server.namespace("/tokens").use(this::verify));
        server.webSocket("/raw").onText(WebSocket::send).onBinary(WebSocket::send);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Namespace namespace) {
        namespace
                .onConnect(socket -> {
                    connects.incrementAndGet();
                    socket.emit("welcome", socket.id());
                })
                .nonBlocking(ECHO, (socket, args) -> {
                    if (echoes.incrementAndGet() == stallAt) {
                        stall();
                    }
                    return args;
                })
                .on(JOIN, (socket, room) -> {
                    joins.incrementAndGet();
                    socket.join(room);
                    return null;
                })
                .on(PUBLISH, (socket, args) -> {
                    publishes.incrementAndGet();
                    socket.namespace().to(args.get(0, String.class)).emit("msg", args.get(1, String.class));
                });
    }

    /** Holds the event loop, and with it the whole server. */
    private void stall() throws InterruptedException {
        boolean opened = new CountDownLatch(1).await(stallMillis, TimeUnit.MILLISECONDS);
        if (opened) {
            throw new IllegalStateException("nobody opens this latch");
        }
    }

    private void verify(Handshake handshake) {
        try {
            Object token = handshake.auth().get("token");
            SignedJWT jwt = SignedJWT.parse(String.valueOf(token));
            if (!jwt.verify(new MACVerifier(SECRET))) {
                throw new ConnectRefused("this token was signed with another secret");
            }
            subjects.add(jwt.getJWTClaimsSet().getSubject());
            headers.add(String.valueOf(handshake.headers().first("x-number")));
        } catch (ParseException | JOSEException e) {
            throw new ConnectRefused("this is no token");
        }
    }
}
