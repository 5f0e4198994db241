// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.json.JSONArray;
import org.json.JSONObject;

/** The Java client of Socket.IO, with events that can be awaited. Values are given as plain lists and maps, binary as hex. */
final class JavaClient implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    private final Socket socket;

    private JavaClient(Socket socket) {
        this.socket = socket;
    }

    /** A client that does not connect before it is told to. */
    static JavaClient of(String url, List<String> transports, Map<String, String> auth) {
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnectionDelay = 50;
        options.reconnectionDelayMax = 100;
        options.transports = transports.toArray(String[]::new);
        options.auth = auth;
        return new JavaClient(IO.socket(URI.create(url), options));
    }

    /** A client that is connected, over the last of the transports. */
    static JavaClient connected(String url, List<String> transports) throws InterruptedException {
        JavaClient client = of(url, transports, Map.of());
        client.connect();
        String last = transports.get(transports.size() - 1);
        while (!client.echo("transport", "transport").get(0).equals(last)) {
            Thread.onSpinWait();
        }
        return client;
    }

    void connect() throws InterruptedException {
        await(Socket.EVENT_CONNECT, socket::connect);
    }

    Socket socket() {
        return socket;
    }

    /** What comes with the next event of a name. */
    CompletableFuture<List<Object>> next(String event) {
        CompletableFuture<List<Object>> came = new CompletableFuture<>();
        socket.once(event, args -> came.complete(plain(args)));
        return came;
    }

    /** What comes with the next event of a name after this was done. */
    List<Object> await(String event, Runnable action) throws InterruptedException {
        CompletableFuture<List<Object>> came = next(event);
        action.run();
        return get(came);
    }

    /** What comes with one event after another was sent. */
    List<Object> echo(String back, String event, Object... args) throws InterruptedException {
        return await(back, () -> socket.emit(event, args));
    }

    /** The answer of the server. */
    List<Object> request(String event, Object... args) throws InterruptedException {
        CompletableFuture<List<Object>> answer = new CompletableFuture<>();
        socket.emit(event, args, reply -> answer.complete(plain(reply)));
        return get(answer);
    }

    /** Has questions answered with what they asked. */
    void answerQuestions() {
        socket.on("question", args -> {
            Ack ack = (Ack) args[args.length - 1];
            ack.call(Arrays.copyOf(args, args.length - 1));
        });
    }

    static <T> T get(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError(failure);
        }
    }

    static List<Object> plain(Object... values) {
        List<Object> list = new ArrayList<>();
        for (Object value : values) {
            list.add(plainValue(value));
        }
        return list;
    }

    private static Object plainValue(Object value) {
        if (value instanceof JSONObject object) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Iterator<?> keys = object.keys(); keys.hasNext(); ) {
                String key = (String) keys.next();
                map.put(key, plainValue(object.opt(key)));
            }
            return map;
        }
        if (value instanceof JSONArray array) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < array.length(); i++) {
                list.add(plainValue(array.opt(i)));
            }
            return list;
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return JSONObject.NULL.equals(value) ? null : value;
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
