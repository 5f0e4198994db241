// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.websocket;

import io.sockeye.api.WebSocket;
import io.sockeye.api.WebSocketEndpoint;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The handlers of one WebSocket path. Filled by one thread before the server starts; read by any thread afterwards. */
public final class EndpointImpl implements WebSocketEndpoint {
    private Handler<WebSocket> open = socket -> {};
    private MessageHandler<String> text = (socket, message) -> {};
    private MessageHandler<byte[]> binary = (socket, message) -> {};
    private CloseHandler close = (socket, code, reason) -> {};
    private @Nullable MessageHandler<Throwable> error;
    private List<String> subprotocols = List.of();
    private boolean onLoop;

    private HeartbeatTimes heartbeat;
    private boolean frozen;

    /** @param heartbeat until others are set */
    public EndpointImpl(HeartbeatTimes heartbeat) {
        this.heartbeat = heartbeat;
    }

    void freeze() {
        frozen = true;
    }

    private void requireOpen() {
        if (frozen) {
            throw new IllegalStateException(
                    "handlers of a WebSocket endpoint were set after the server started; set them before start()");
        }
    }

    @Override
    public WebSocketEndpoint onOpen(Handler<WebSocket> handler) {
        requireOpen();
        open = handler;
        return this;
    }

    @Override
    public WebSocketEndpoint onText(MessageHandler<String> handler) {
        requireOpen();
        text = handler;
        return this;
    }

    @Override
    public WebSocketEndpoint onBinary(MessageHandler<byte[]> handler) {
        requireOpen();
        binary = handler;
        return this;
    }

    @Override
    public WebSocketEndpoint onClose(CloseHandler handler) {
        requireOpen();
        close = handler;
        return this;
    }

    @Override
    public WebSocketEndpoint onError(MessageHandler<Throwable> handler) {
        requireOpen();
        error = handler;
        return this;
    }

    @Override
    public WebSocketEndpoint subprotocols(String... names) {
        requireOpen();
        subprotocols = List.of(names);
        return this;
    }

    @Override
    public WebSocketEndpoint nonBlocking() {
        requireOpen();
        onLoop = true;
        return this;
    }

    @Override
    public WebSocketEndpoint heartbeat(Duration interval, Duration timeout) {
        requireOpen();
        heartbeat = new HeartbeatTimes(millis("interval", interval), millis("timeout", timeout), heartbeat.idle());
        return this;
    }

    @Override
    public WebSocketEndpoint withoutHeartbeat() {
        requireOpen();
        heartbeat = new HeartbeatTimes(HeartbeatTimes.NEVER, HeartbeatTimes.NEVER, heartbeat.idle());
        return this;
    }

    @Override
    public WebSocketEndpoint idleTimeout(Duration value) {
        requireOpen();
        heartbeat = new HeartbeatTimes(heartbeat.interval(), heartbeat.timeout(), millis("idleTimeout", value));
        return this;
    }

    private static long millis(String what, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(what + " must be at least one millisecond, got " + value);
        }
        return value.toMillis();
    }

    HeartbeatTimes heartbeat() {
        return heartbeat;
    }

    Handler<WebSocket> open() {
        return open;
    }

    MessageHandler<String> text() {
        return text;
    }

    MessageHandler<byte[]> binary() {
        return binary;
    }

    CloseHandler close() {
        return close;
    }

    @Nullable
    MessageHandler<Throwable> error() {
        return error;
    }

    List<String> subprotocols() {
        return subprotocols;
    }

    /** Whether the handlers run on the loop of their connection. */
    boolean onLoop() {
        return onLoop;
    }
}
