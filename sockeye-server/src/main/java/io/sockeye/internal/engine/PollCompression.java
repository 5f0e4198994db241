// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpCompression;
import io.sockeye.api.HttpResponse;
import io.sockeye.internal.transport.ContentCoding;
import io.sockeye.internal.transport.HttpExchange;
import io.sockeye.protocol.EncodedPacket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Compresses the answers to polls where that is worth it and the client accepts it. Any thread. */
/* Compressing a megabyte takes tens of milliseconds, which all clients of a loop would wait for: a large answer is compressed
 * on the executor. Nothing overtakes it, since a session has one poll at a time.
 */
public final class PollCompression {
    private static final int MAX_BYTES_ON_LOOP = 64 * 1024;

    private final HttpCompression settings;
    private final Executor executor;

    /** @param executor compresses large answers */
    public PollCompression(HttpCompression settings, Executor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    /** None. */
    public static PollCompression off() {
        return new PollCompression(HttpCompression.off(), Runnable::run);
    }

    /** Whether any packet of an answer is worth compressing. */
    static boolean allows(List<EncodedPacket> packets) {
        for (int i = 0; i < packets.size(); i++) {
            if (packets.get(i).compressible()) {
                return true;
            }
        }
        return false;
    }

    /** Answers a poll, compressed if that is allowed, now or soon. */
    void respond(HttpExchange exchange, HttpResponse response, boolean allowed) {
        int bytes = response.body().length;
        Optional<ContentCoding> coding = !allowed || !settings.enabled() || bytes < settings.threshold()
                ? Optional.empty()
                : ContentCoding.accepted(exchange.head().headers());
        if (coding.isEmpty()) {
            exchange.respond(response);
        } else if (bytes <= MAX_BYTES_ON_LOOP) {
            exchange.respond(compressed(response, coding.get()));
        } else {
            respondLater(exchange, response, coding.get());
        }
    }

    private void respondLater(HttpExchange exchange, HttpResponse response, ContentCoding coding) {
        try {
            executor.execute(() -> exchange.respond(compressed(response, coding)));
        } catch (RejectedExecutionException e) {
            // The server is closing: what is left for the client still goes out.
            exchange.respond(response);
        }
    }

    private HttpResponse compressed(HttpResponse response, ContentCoding coding) {
        byte[] body = coding.encode(response.body(), settings.level());
        return new HttpResponse(response.status(), response.headers(), body).with("content-encoding", coding.token());
    }
}
