// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.json.JSONObject;

/** The Java client of Socket.IO. What comes is noted from the beginning; any wait has a deadline. */
final class RealClient implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 20;

    private final Socket socket;
    private final Map<String, CompletableFuture<Object>> came = new ConcurrentHashMap<>();

    RealClient(int port, Consumer<IO.Options> options) {
        this(port, "/", options);
    }

    RealClient(int port, String namespace, Consumer<IO.Options> options) {
        IO.Options all = new IO.Options();
        all.forceNew = true;
        all.reconnection = false;
        options.accept(all);
        socket = IO.socket(URI.create("http://127.0.0.1:" + port + namespace), all);
        for (String event : List.of(
                "connect", "connect_error", "disconnect", "hello", "auth_expiring", "auth_expired", "auth_revoked")) {
            socket.on(event, args -> first(event).complete(args.length == 0 ? "" : args[0]));
        }
        socket.connect();
    }

    /** A client with a token in its auth object. */
    static RealClient withToken(int port, String token) {
        return new RealClient(port, options -> options.auth = Map.of("token", token));
    }

    private CompletableFuture<Object> first(String event) {
        return came.computeIfAbsent(event, name -> new CompletableFuture<>());
    }

    /** What the first event of a name came with. */
    Object await(String event) throws Exception {
        return first(event).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** A field of the object that the first event of a name came with. */
    Object await(String event, String field) throws Exception {
        return ((JSONObject) await(event)).get(field);
    }

    String refusal() throws Exception {
        return (String) await("connect_error", "message");
    }

    /** The acknowledgement of an event. */
    JSONObject ask(String event, Object... args) throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        socket.emit(event, args, reply -> answer.complete(Arrays.asList(reply).get(0)));
        return (JSONObject) answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    boolean has(String event) {
        return first(event).isDone();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
