// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.ContentCoding;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the JavaScript client under the Socket.IO path, and gives all other requests to the service behind it. Any thread;
 * files are read and compressed on the executor, once, and kept: about 2 MB if all are asked for in all codings.
 */
public final class ClientFiles implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(ClientFiles.class);
    private static final String FOLDER = "/META-INF/sockeye/client/";
    private static final Set<String> NAMES = Set.of(
            "socket.io.js",
            "socket.io.js.map",
            "socket.io.min.js",
            "socket.io.min.js.map",
            "socket.io.esm.min.js",
            "socket.io.esm.min.js.map",
            "socket.io.msgpack.min.js",
            "socket.io.msgpack.min.js.map");

    private final String path;
    private final HttpService service;
    private final Executor executor;
    private final @Nullable String tag;
    private final ConcurrentHashMap<Key, HttpResponse> answers = new ConcurrentHashMap<>();

    /**
     * @param path where they are served, with a slash at the end
     * @param service takes what is not a client file
     */
    public ClientFiles(String path, HttpService service, Executor executor) {
        this.path = path;
        this.service = service;
        this.executor = executor;
        this.tag = tag();
    }

    private static @Nullable String tag() {
        try {
            return '"' + new String(read("version"), StandardCharsets.US_ASCII) + '"';
        } catch (FileNotFoundException e) {
            LOG.warn("this build of the server has no client files: pages must get socket.io-client from elsewhere");
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("the version of the client files cannot be read", e);
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = ClientFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new FileNotFoundException("expected the resource " + FOLDER + name);
            }
            return in.readAllBytes();
        }
    }

    @Override
    public void handle(HttpExchange exchange) {
        HttpRequest request = exchange.head();
        String current = tag;
        String name = request.path().startsWith(path) ? request.path().substring(path.length()) : "";
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (current == null || !reads || !NAMES.contains(name)) {
            service.handle(exchange);
        } else if (matches(request.headers().first("if-none-match"), current)) {
            exchange.respond(HttpResponse.of(304).with("etag", current, "cache-control", "public, max-age=0"));
        } else {
            serve(exchange, new Key(name, ContentCoding.accepted(request.headers())), current);
        }
    }

    private static boolean matches(@Nullable String offered, String tag) {
        return offered != null && (offered.equals(tag) || offered.equals("W/" + tag));
    }

    private void serve(HttpExchange exchange, Key key, String version) {
        HttpResponse known = answers.get(key);
        if (known != null) {
            exchange.respond(known);
            return;
        }
        try {
            executor.execute(() -> exchange.respond(load(key, version)));
        } catch (RejectedExecutionException e) {
            LOG.debug("No thread for {}", exchange.head(), e);
            exchange.respondAndClose(PlainAnswers.OVERLOADED);
        }
    }

    private HttpResponse load(Key key, String version) {
        try {
            return answers.computeIfAbsent(key, missing -> answer(missing, version));
        } catch (UncheckedIOException e) {
            LOG.warn("The client file {} cannot be read", key.name(), e);
            return PlainAnswers.FAULT;
        }
    }

    private static HttpResponse answer(Key key, String version) {
        String type = key.name().endsWith(".map") ? "application/json" : "application/javascript";
        try {
            byte[] content = read(key.name());
            HttpResponse plain = HttpResponse.of(
                            200,
                            type + "; charset=utf-8",
                            key.coding()
                                    .map(coding -> coding.encode(content, -1))
                                    .orElse(content))
                    .with("cache-control", "public, max-age=0", "etag", version, "vary", "Accept-Encoding");
            return key.coding()
                    .map(coding -> plain.with("content-encoding", coding.token()))
                    .orElse(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one answer is for. */
    private record Key(String name, Optional<ContentCoding> coding) {}
}
