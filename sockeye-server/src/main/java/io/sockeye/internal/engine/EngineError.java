// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpResponse;
import io.sockeye.api.RateLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Why a request is not accepted: the codes and messages of the Engine.IO protocol. */
enum EngineError {
    UNKNOWN_TRANSPORT(400, 400, 0, "Transport unknown"),
    UNKNOWN_SESSION(400, 400, 1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(400, 400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 400, 3, "Bad request"),
    /** Refused by the user's check. */
    REFUSED(403, 400, 4, "Forbidden"),
    /** Refused for its origin. */
    FORBIDDEN(403, 403, 4, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(400, 400, 5, "Unsupported protocol version"),
    /** Not of the protocol, which has no code for it: the address has opened too many sessions. */
    TOO_MANY_HANDSHAKES(429, 429, 4, RateLimits.MESSAGE),
    /** Not of the protocol, which has no code for it: too much waits in the server. */
    OVERLOADED(503, 503, 4, "Server at capacity, try again later"),
    /** Not of the protocol, which has no code for it. */
    SHUTTING_DOWN(503, 503, 4, "Server is shutting down"),
    /** Not of the protocol either. */
    TOO_MANY(503, 503, 4, "Server at capacity, try again later");

    private final int pollingStatus;
    private final int webSocketStatus;
    private final int code;
    private final String message;

    EngineError(int pollingStatus, int webSocketStatus, int code, String message) {
        this.pollingStatus = pollingStatus;
        this.webSocketStatus = webSocketStatus;
        this.code = code;
        this.message = message;
    }

    int code() {
        return code;
    }

    /** What the protocol says for the code. */
    String message() {
        return message;
    }

    /** The answer to a polling request. */
    HttpResponse pollingAnswer(String told) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("{\"code\":" + code + ",\"message\":").getBytes(StandardCharsets.US_ASCII));
        ScriptFormat.quote(told.getBytes(StandardCharsets.UTF_8), body);
        body.write('}');
        return retryable(HttpResponse.of(pollingStatus, "application/json", body.toByteArray()));
    }

    /** The answer to a request for a WebSocket. */
    HttpResponse webSocketAnswer(String told) {
        return retryable(HttpResponse.of(webSocketStatus, "text/html", told));
    }

    /** What the server cannot do now, it or another one may do soon. */
    private static HttpResponse retryable(HttpResponse answer) {
        return answer.status() == 503 ? answer.with("retry-after", "1") : answer;
    }
}
