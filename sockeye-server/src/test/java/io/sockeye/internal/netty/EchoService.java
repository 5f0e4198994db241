// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.sockeye.api.Headers;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpService;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.WebSocketChannel;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.internal.transport.WebSocketSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Sends every message back, and keeps what it was told. Any thread may look. */
final class EchoService implements HttpService {
    static final int MAX_MESSAGE_BYTES = 100_000;

    private final Map<String, CompletableFuture<WebSocketChannel>> opened = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Closed>> closed = new ConcurrentHashMap<>();
    private final UnaryOperator<Loop> target;

    /** @param target tells on which loop a connection shall live, given the one that it came on */
    EchoService(UnaryOperator<Loop> target) {
        this.target = target;
    }

    @Override
    public void handle(HttpExchange exchange) {
        WebSocketSettings settings =
                new WebSocketSettings(MAX_MESSAGE_BYTES, List.of("v2", "v1"), Headers.of("x-served-by", "echo"));
        exchange.upgrade(
                target.apply(exchange.loop()),
                settings,
                new Echo(exchange.head().target()));
    }

    /** The connection that asked for a target. */
    WebSocketChannel channel(String requestTarget) throws Exception {
        return opened.computeIfAbsent(requestTarget, key -> new CompletableFuture<>())
                .get(5, TimeUnit.SECONDS);
    }

    /** How the connection that asked for a target ended. */
    Closed closed(String requestTarget) throws Exception {
        return closed.computeIfAbsent(requestTarget, key -> new CompletableFuture<>())
                .get(5, TimeUnit.SECONDS);
    }

    /** How a connection ended. */
    record Closed(int code, String reason) {}

    private final class Echo extends ListenerAdapter {
        private final String requestTarget;

        Echo(String requestTarget) {
            this.requestTarget = requestTarget;
        }

        @Override
        public void onOpen(WebSocketChannel channel) {
            super.onOpen(channel);
            opened.computeIfAbsent(requestTarget, key -> new CompletableFuture<>())
                    .complete(channel);
        }

        @Override
        public void onText(byte[] utf8) {
            channel().writeText(utf8);
        }

        @Override
        public void onBinary(byte[] data) {
            channel().writeBinary(data);
        }

        @Override
        public void onClosed(int code, String reason) {
            closed.computeIfAbsent(requestTarget, key -> new CompletableFuture<>())
                    .complete(new Closed(code, reason));
        }
    }

    /** A listener that checks its loop and ignores everything. */
    static class ListenerAdapter implements WebSocketListener {
        private WebSocketChannel channel;

        WebSocketChannel channel() {
            channel.loop().assertInLoop();
            return channel;
        }

        @Override
        public void onOpen(WebSocketChannel open) {
            channel = open;
            open.loop().assertInLoop();
        }

        @Override
        public void onText(byte[] utf8) {
            channel.loop().assertInLoop();
        }

        @Override
        public void onBinary(byte[] data) {
            channel.loop().assertInLoop();
        }

        @Override
        public void onWritable() {
            channel.loop().assertInLoop();
        }

        @Override
        public void onClosed(int code, String reason) {
            channel.loop().assertInLoop();
        }
    }
}
