// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.HttpExchange.BodyListener;
import io.sockeye.internal.transport.Loop;

/** One POST on its way between the loop of its connection, where the body is read, and the loop of its session. */
final class Post implements BodyListener {
    private static final HttpResponse TOO_LARGE = HttpResponse.of(413);
    private static final HttpResponse NOT_TEXT = HttpResponse.of(400);

    private final HttpExchange exchange;
    private final Loop sessionLoop;
    private final PollingTransport polling;
    private final boolean bytes;

    Post(HttpExchange exchange, Loop sessionLoop, PollingTransport polling) {
        this.exchange = exchange;
        this.sessionLoop = sessionLoop;
        this.polling = polling;
        this.bytes = "application/octet-stream".equals(exchange.head().headers().first("content-type"));
    }

    /** Asks the session whether it takes the POST, then reads its body. */
    void start(int maxBytes) {
        onSessionLoop(() -> {
            if (bytes && !polling.format().takesBytes()) {
                polling.posts().onUnknownKind(exchange, NOT_TEXT);
            } else if (polling.posts().onStarted(exchange)) {
                exchange.loop().run(() -> exchange.readBody(maxBytes, this));
            }
        });
    }

    @Override
    public void onBody(byte[] body) {
        onSessionLoop(() -> polling.posts().onBody(exchange, body, bytes));
    }

    @Override
    public void onTooLarge() {
        onSessionLoop(() -> polling.posts().onTooLarge(exchange, TOO_LARGE));
    }

    @Override
    public void onAborted() {
        onSessionLoop(() -> polling.posts().onAborted(exchange));
    }

    private void onSessionLoop(Runnable task) {
        sessionLoop.run(task);
    }
}
