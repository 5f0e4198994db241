// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.engine;

import io.sockeye.api.HttpResponse;

/** Why a request is not accepted: the codes and messages of the Engine.IO protocol. */
enum EngineError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SESSION(400, 1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(400, 5, "Unsupported protocol version");

    private final HttpResponse pollingAnswer;
    private final HttpResponse webSocketAnswer;

    EngineError(int status, int code, String message) {
        String json = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
        pollingAnswer = HttpResponse.of(status, "application/json", json);
        webSocketAnswer = HttpResponse.of(status, "text/html", message);
    }

    /** The answer to a polling request. */
    HttpResponse pollingAnswer() {
        return pollingAnswer;
    }

    /** The answer to a request for a WebSocket. */
    HttpResponse webSocketAnswer() {
        return webSocketAnswer;
    }
}
