// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sockeye.Sockeye;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts servers for scripts: {@code POST /start} with options, named as those of the reference, answers with the port of a server
 * that has them and the behaviours of the profile {@code clients}.
 */
final class OptionServers implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final HttpServer control;
    private final List<Sockeye> servers = new CopyOnWriteArrayList<>();

    OptionServers() throws IOException {
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/start", this::start);
        control.start();
    }

    private void start(HttpExchange exchange) throws IOException {
        try {
            JsonNode options = JSON.readTree(exchange.getRequestBody());
            Sockeye server = ReferenceOptions.builder(options).build();
            ClientBehaviours.declare(server);
            servers.add(server.start());
            answer(exchange, OK, String.valueOf(server.port()));
        } catch (IllegalArgumentException refused) {
            answer(exchange, BAD_REQUEST, refused.getMessage());
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String url() {
        return "http://localhost:" + control.getAddress().getPort();
    }

    @Override
    public void close() {
        control.stop(0);
        servers.forEach(Sockeye::close);
    }
}
