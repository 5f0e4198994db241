// SPDX-License-Identifier: Apache-2.0
package io.sockeye.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that sends and notes messages as they are. */
final class RawClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final WebSocket webSocket;

    private RawClient(int port, String target, String... subprotocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        webSocket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + target), new Notes())
                .join();
    }

    static RawClient open(int port, String target, String... subprotocols) {
        return new RawClient(port, target, subprotocols);
    }

    /** A client of Socket.IO that has been sent the first packet of its session. */
    static RawClient openSocketIo(int port) throws InterruptedException {
        RawClient client = open(port, "/socket.io/?EIO=4&transport=websocket");
        client.next();
        return client;
    }

    private final class Notes implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                if (!text.toString().equals("2")) {
                    messages.add(text.toString());
                }
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add("closed " + code + " " + reason);
            return WebSocket.Listener.super.onClose(from, code, reason);
        }
    }

    RawClient send(String text) {
        webSocket.sendText(text, true).join();
        return this;
    }

    /** The next message, or null if none comes in time. */
    String next() throws InterruptedException {
        return messages.poll(20, TimeUnit.SECONDS);
    }

    String subprotocol() {
        return webSocket.getSubprotocol();
    }

    /** Breaks the connection off. */
    @Override
    public void close() {
        webSocket.abort();
    }
}
