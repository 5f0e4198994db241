// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.internal.transport.WebSocketSettings;
import org.jspecify.annotations.Nullable;

/** One request on an {@link HttpConnection}. Loop only, but for the answers, which any thread may give. */
final class NettyHttpExchange implements HttpExchange {
    private final HttpConnection connection;
    private final RequestHead head;
    private final RequestBody body;
    private final boolean webSocket;

    private @Nullable Runnable abortedCallback;
    private boolean answered;
    private boolean aborted;

    NettyHttpExchange(HttpConnection connection, RequestHead head, IncomingBudget budget) {
        this.connection = connection;
        this.head = head;
        this.body = new RequestBody(head.bodyBytes(), budget);
        this.webSocket = WebSocketHandshake.isAskedFor(head);
    }

    @Override
    public HttpRequest head() {
        return head.request();
    }

    @Override
    public Loop loop() {
        return connection.loop();
    }

    @Override
    public boolean asksForWebSocket() {
        return webSocket;
    }

    @Override
    public void readBody(int maxBytes, BodyListener listener) {
        connection.loop().assertInLoop();
        if (aborted) {
            listener.onAborted();
        } else if (body.read(maxBytes, listener)) {
            connection.wantBody(this);
        }
    }

    @Override
    public void onAborted(Runnable callback) {
        connection.loop().assertInLoop();
        if (aborted) {
            callback.run();
        } else {
            abortedCallback = callback;
        }
    }

    @Override
    public void respond(HttpResponse response) {
        connection.inLoop(() -> connection.answer(this, response, false));
    }

    @Override
    public void respondAndClose(HttpResponse response) {
        connection.inLoop(() -> connection.answer(this, response, true));
    }

    @Override
    public void upgrade(Loop target, WebSocketSettings settings, WebSocketListener listener) {
        if (!webSocket) {
            throw new IllegalStateException("expected a request that asks for a WebSocket, got " + head.request());
        }
        if (!(target instanceof NettyLoop loop)) {
            throw new IllegalArgumentException("expected a loop of this listener, got " + target);
        }
        connection.inLoop(
                () -> connection.upgrade(this, new ProtocolSwitch(connection, this, loop, settings, listener)));
    }

    RequestHead requestHead() {
        return head;
    }

    RequestBody body() {
        return body;
    }

    /** Marks the exchange as answered. False if it was already, or if the client has gone. */
    boolean startAnswer() {
        if (answered || aborted) {
            return false;
        }
        answered = true;
        return true;
    }

    boolean answered() {
        return answered;
    }

    /** The client has gone before the answer was written. */
    void abort() {
        aborted = true;
        body.abort();
        Runnable callback = abortedCallback;
        abortedCallback = null;
        if (callback != null) {
            callback.run();
        }
    }
}
