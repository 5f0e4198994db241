// SPDX-License-Identifier: Apache-2.0
package io.sockeye.guard;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.internal.transport.Loop;
import io.sockeye.internal.transport.WebSocketListener;
import io.sockeye.internal.transport.WebSocketSettings;

/** An exchange whose answer gets more headers. */
final class CorsExchange implements HttpExchange {
    private final HttpExchange exchange;
    private final Headers headers;

    CorsExchange(HttpExchange exchange, Headers headers) {
        this.exchange = exchange;
        this.headers = headers;
    }

    @Override
    public HttpRequest head() {
        return exchange.head();
    }

    @Override
    public Loop loop() {
        return exchange.loop();
    }

    @Override
    public boolean asksForWebSocket() {
        return exchange.asksForWebSocket();
    }

    @Override
    public void readBody(int maxBytes, BodyListener listener) {
        exchange.readBody(maxBytes, listener);
    }

    @Override
    public void onAborted(Runnable callback) {
        exchange.onAborted(callback);
    }

    @Override
    public void respond(HttpResponse response) {
        exchange.respond(withHeaders(response));
    }

    @Override
    public void respondAndClose(HttpResponse response) {
        exchange.respondAndClose(withHeaders(response));
    }

    @Override
    public void upgrade(Loop loop, WebSocketSettings settings, WebSocketListener listener) {
        exchange.upgrade(loop, settings, listener);
    }

    private HttpResponse withHeaders(HttpResponse response) {
        return new HttpResponse(response.status(), response.headers().plus(headers), response.body());
    }
}
