// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.sockeye.Sockeye;
import io.sockeye.api.Namespace;
import io.sockeye.api.NetworkIo;
import io.sockeye.api.Socket;
import io.sockeye.api.WebSocket;
import io.sockeye.api.WebSocketEndpoint;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.Request;
import java.util.regex.Pattern;

/**
 * What load testers call, on every namespace: {@code echo} acknowledges its arguments, {@code join} joins a room, {@code pub}
 * sends its second argument as {@code msg} to the room that the first one names. {@code /raw} is a plain WebSocket echo. All
 * other options have their defaults, as deployments have them.
 */
final class BenchProfile {
    private static final Request<Args, Args> ECHO = Request.of("echo", Args.class, Args.class);
    private static final Request<String, Void> JOIN = Request.of("join", String.class, Void.class);
    private static final Event<Args> PUBLISH = Event.of("pub", Args.class);
    private static final Event<Object> MESSAGE = Event.of("msg", Object.class);

    private BenchProfile() {}

    static RunningProfile start(int port, HandlerPlace handlers, NetworkIo networkIo) {
        Sockeye server = Sockeye.builder()
                .host("127.0.0.1")
                .port(port)
                .networkIo(networkIo)
                .build();
        serve(server.namespace("/"), handlers);
        serve(server.namespaces(Pattern.compile("/.+")), handlers);
        serve(server.webSocket("/raw"), handlers);
        server.start();
        return new RunningProfile() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    private static void serve(Namespace namespace, HandlerPlace handlers) {
        switch (handlers) {
            case loop ->
                namespace
                        .nonBlocking(ECHO, (socket, args) -> args)
                        .nonBlocking(JOIN, BenchProfile::join)
                        .nonBlocking(PUBLISH, BenchProfile::publish);
            case threads ->
                namespace
                        .on(ECHO, (socket, args) -> args)
                        .on(JOIN, BenchProfile::join)
                        .on(PUBLISH, BenchProfile::publish);
        }
    }

    private static void serve(WebSocketEndpoint endpoint, HandlerPlace handlers) {
        endpoint.onText(WebSocket::send).onBinary(WebSocket::send);
        if (handlers == HandlerPlace.loop) {
            endpoint.nonBlocking();
        }
    }

    private static Void join(Socket socket, String room) {
        socket.join(room);
        return null;
    }

    private static void publish(Socket socket, Args args) {
        socket.namespace().to(args.get(0, String.class)).emit(MESSAGE, args.get(1, Object.class));
    }
}
