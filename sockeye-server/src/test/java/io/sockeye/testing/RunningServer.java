// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import io.sockeye.Sockeye;
import io.sockeye.SockeyeBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Servers on free ports and clients of theirs, closed after each test. */
public final class RunningServer implements AfterEachCallback {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private int port;

    /** Starts a server with the handlers that are declared on it. */
    public Sockeye start(Consumer<Sockeye> handlers) {
        return start(Sockeye.builder(), handlers);
    }

    /** Starts a server with options and the handlers that are declared on it. */
    public Sockeye start(SockeyeBuilder options, Consumer<Sockeye> handlers) {
        Sockeye server = options.host("127.0.0.1").port(0).build();
        opened.add(server);
        handlers.accept(server);
        port = server.start().port();
        return server;
    }

    public int port() {
        return port;
    }

    /** Closes something after the test, before the server. */
    public <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    /** A WebSocket client that has joined the main namespace. */
    public SocketIoClient connect() throws IOException {
        return closing(SocketIoClient.connect(port));
    }

    /** A long-polling client that has joined the main namespace. */
    public SocketIoClient connectPolling() throws IOException {
        return closing(SocketIoClient.connectPolling(port));
    }

    /** A WebSocket client that has joined nothing yet. */
    public SocketIoClient open() throws IOException {
        return open("");
    }

    /** A WebSocket client that has joined nothing yet, with more query (such as {@code &a=b}) and header fields. */
    public SocketIoClient open(String query, String... headers) throws IOException {
        return closing(new SocketIoClient(WebSocketEngineClient.open(port, query, headers)));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        opened.clear();
    }
}
