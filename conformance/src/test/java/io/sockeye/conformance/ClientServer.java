// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The profile {@code clients} in this process, and an HTTP endpoint over which a script has it started anew. */
/* The control endpoint has one thread, on which alone the server is replaced. */
final class ClientServer implements SuiteServer {
    private static final int NO_CONTENT = 204;

    private final HttpServer control;
    private volatile RunningProfile server;

    ClientServer() throws IOException {
        server = Profile.clients.start(0);
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/restart", exchange -> {
            int port = server.port();
            server.close();
            server = Profile.clients.start(port);
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
        });
        control.start();
    }

    @Override
    public String url() {
        return "http://localhost:" + server.port();
    }

    @Override
    public String messagePackUrl() {
        return url();
    }

    @Override
    public String controlUrl() {
        return "http://localhost:" + control.getAddress().getPort();
    }

    @Override
    public void close() {
        control.stop(0);
        server.close();
    }

    @Override
    public String toString() {
        return "Sockeye";
    }
}
