// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.transport;

import io.sockeye.api.Headers;
import io.sockeye.api.HttpRequest;
import io.sockeye.api.HttpResponse;

/** An exchange whose answer gets more headers. */
public final class HeadedExchange implements HttpExchange {
    /** Which answers get the headers. */
    public enum Answers {
        /** All but the 101 of a WebSocket. */
        RESPONSES,
        /** Those with status 200, and the 101. */
        SUCCESS,
        /** All. */
        ALL
    }

    private final HttpExchange exchange;
    private final Headers headers;
    private final Answers answers;

    public HeadedExchange(HttpExchange exchange, Headers headers, Answers answers) {
        this.exchange = exchange;
        this.headers = headers;
        this.answers = answers;
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
        if (answers == Answers.RESPONSES) {
            exchange.upgrade(loop, settings, listener);
        } else {
            WebSocketSettings more = new WebSocketSettings(
                    settings.maxMessageBytes(),
                    settings.subprotocols(),
                    settings.headers().plus(headers),
                    settings.deflate(),
                    settings.budget());
            exchange.upgrade(loop, more, listener);
        }
    }

    private HttpResponse withHeaders(HttpResponse response) {
        if (answers == Answers.SUCCESS && response.status() != 200) {
            return response;
        }
        return new HttpResponse(response.status(), response.headers().plus(headers), response.body());
    }
}
